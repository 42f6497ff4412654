//! A small library for the screens: a few articles of different kinds, length and date.

/// Files by name and text.
pub const ARTICLES: &[(&str, &str)] = &[
    ("customers/integrity.md", INTEGRITY),
    ("customers/promises.md", PROMISES),
    ("essays/margins.md", MARGINS),
    ("essays/slow.txt", SLOW),
    ("lighthouse.md", LIGHTHOUSE),
    ("notes/bread.md", BREAD),
    ("notes/tides.md", TIDES),
    ("two/opening.md", OPENING),
    ("one/opening.md", OPENING_TOO),
];

const INTEGRITY: &str = "---
title: I just hung up
author: Ann Weaver
date: 2009-05-11
---

\"I couldn't believe it!\" Ross was beside himself as he told the story. \"Here we are, their customer of
eleven years, and they put me on hold to read me a *script*.\"

He had called about a bill. The voice on the line had been friendly and had asked him for the same
number four times. It had then offered him something that he did not want, at a price that it called
special. So he did what he had never done before: he hung up.

## What he was paying for

A company that says one thing to the customers and another to its own people has an **integrity**
problem, whatever its slogans are. The customers notice first. They are the ones who hear both halves.

1. Say what it costs before you are asked.
2. Say what you don't know.
3. Keep the number that you were given, so that nobody has to say it four times.

> Integrity is what you do on the telephone when the supervisor is at lunch.

## What it cost them

| year | calls | left |
|---|---:|---:|
| 2006 | 1,210 | 14 |
| 2007 | 1,377 | 22 |
| 2008 | 1,902 | 61 |

Nobody had asked those sixty-one. Somebody asked Ross, in the end, and he told them about the script.
They thanked him for his feedback, and they read him another one.

Integrity is cheap as long as it is kept. It is the repair that costs, and it is never quite the same
colour afterwards: every customer who has been told a convenient thing once listens differently.
";

const PROMISES: &str = "---
title: It's not personal, it's policy
date: 2011
---

A promise to a customer is a small loan. It has to be paid back by somebody who was not there when it
was made, on a day that is already full. That is why the people who make them should be made to sit
for a week beside the people who keep them.

Of the twelve promises on the company's wall only one was ever quoted back by customers: *we call back
the same day*. It was the only one with a date in it. The word integrity stood over it in letters of brass.
";

const MARGINS: &str = "---
title: What margins are for
author: J. Tschichold's reader
date: 1998-02
---

The page of a book is mostly nothing. A reader's thumbs need somewhere to be, a thought needs
somewhere to be written down, and the eye, on its way back from the end of a line, needs an edge that
it can trust.

A line of sixty-six characters is easy to come back from. One of a hundred and twenty is not, and no
amount of leading makes it so[^1]. On a screen all that is forgotten, because a screen is wide and
empty space looks like waste.

```
recto      the right-hand page
verso      the left-hand page
```

So give the margins back. They were never the place where the text had run out.

[^1]: Between 45 and 75 characters is what the handbooks say.
";

const SLOW: &str = "On Reading Slowly

There are books that one reads as one eats when hungry, and books that one reads as one walks round a
lake. For the second kind a bookmark is no convenience but a courtesy: it says that you will be back.

Who reads slowly reads twice. The first time is on the page; the second is on the way to the window,
where the sentence is looked at again, from behind, without its letters.
";

const LIGHTHOUSE: &str = "---
title: The keeper's log
author: M. Ferro
date: 1931-11-02
---

# The keeper's log

Wind from the north-west, rising. Oil for nine days. The supply boat was seen and not heard.

## November

The lens was cleaned at four. A gull has taken to the gallery and can't be reasoned with. It walks
up and down before the glass as an inspector does, and finds everything wrong.

Wind from the west, falling. Wrote to the Board about the stair, as every year. The Board will answer
about the stair, as every year, that it has noted what was said about it.

## December

Ice on the gallery. The light was seen from the mainland: they lit a fire on the beach to say so.

> To whoever has this post after me: the third step is not to be trusted, and the gull is.

Oil for two days. The boat came.
";

const BREAD: &str = "# Bread, again

- flour, 500 g
- water, 350 g
- salt, 10 g
- [x] starter fed the evening before
- [ ] a day without visitors

Fold it four times in the first two hours. Then leave it alone, which is the difficult part.
";

const TIDES: &str = "# Tides and tables

High water comes about fifty minutes later each day. A table of tides is a promise that the moon makes
and that the harbour keeps, as far as the wind lets it.
";

const OPENING: &str = "# Opening

The second of two documents that begin alike.
";

const OPENING_TOO: &str = "# Opening

The first of two documents that begin alike.
";
