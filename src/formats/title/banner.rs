//! What stands before a title in a text that once was a web page: its frame, its notices, its advertisements. The phrases
//! are in lower case.

use super::phrases::{leading, phrases};
use crate::text;

/// How a line of a web page's frame begins, in lower case. Only short lines are judged by these.
const FRAME: &[&str] = phrases!(
    "skip to|skip navigation|jump to|toggle navigation|you are here|back to|go to|return to|posted in|\
    filed under|filed in|categories:|category:|tags:|tagged|topics:|share this|share on|share:|share|tweet|\
    like this|advertisement|advertise|sponsored|promoted|click here|follow us|follow me|leave a comment|\
    leave a reply|add a comment|print this|email this|permalink|related:|related posts|« |next »|previous|\
    loading|please enable javascript|enable javascript|read more|read this|read the|continue reading|learn more|\
    subscribe|sign up|sign in|log in|login|register|join our|join the newsletter|get our newsletter|\
    get the newsletter|brought to you by|powered by|originally published|originally posted|originally appeared|\
    first published|reprinted|this article originally|this article first|this article was|this post originally|\
    this post was|this essay was|this story originally|this story was|translated from|photo by|photo:|\
    photo credit|image:|image credit|credit:|credits:|source:|url:|link:|via:|via |download pdf|open menu|\
    close menu|main menu|menu|search|estimated reading|reading time|accept cookies|accept all|cookie|\
    privacy policy|search this|search our|want more|want to read more|enjoyed this|enjoy this|did you enjoy|\
    if you enjoyed|if you liked|like this article|like what you|this article is sponsored|this article is brought|\
    this post is sponsored|this content is sponsored|sponsored by|sponsored content|in partnership with|paid content|\
    courtesy of|special offer|limited time offer|word count|free newsletter|-*-|vim:|<!--|für den newsletter|newsletter|weiterlesen|teilen|anzeige|werbung|publicité|\
    partager|publicidad|compartir|saltar al|aller au contenu|zum inhalt|direkt zum|inhalt überspringen|广告|分享|\
    上一篇|下一篇"
);

/// Whole lines of that frame, in lower case without punctuation.
const WHOLE: &[&str] = phrases!(
    "home|blog|archive|archives|about|contact|news|rss|top|comments|no comments|print|email|more|close|next|ad|\
    ads|startseite|accueil|inicio|首页|ホーム"
);

/// How notices begin that are paragraphs of any length.
const NOTICES: &[&str] = phrases!(
    "we use cookies|this site uses cookies|this website uses cookies|our site uses cookies|\
    our website uses cookies|by continuing to|by using this|wir verwenden cookies|\
    diese website verwendet cookies|diese seite verwendet|ce site utilise|nous utilisons des cookies|\
    este sitio utiliza|javascript is disabled|you need to enable javascript|your browser|this is an archived|\
    this page is archived"
);

/// What an advertisement tells the reader to do wherever it stands in a line that holds an address.
const CALLS: &[&str] = phrases!(
    "sign up|subscribe|read more|click|visit|newsletter|free resources|for more|more at|more information|log on"
);

/// What comes `courtesy of` somebody.
const GIVEN: &[&str] = phrases!(
    "this|article|articles|story|text|content|post|photo|photos|image|picture|reprinted|published|provided|used|\
    posted|written|courtesy"
);

/// What an advertisement tells the reader to do.
const URGES: &[&str] = phrases!(
    "read|visit|see|check|subscribe|sign|join|follow|get|try|download|buy|support|donate|find|shop|for|more|go|\
    come|hosted|available|also"
);

/// A line of more words is a paragraph, which only a notice can be.
const LONG: usize = 20;

/// Whether a paragraph belongs to the frame of a page and not to the text.
pub fn is_banner(line: &str) -> bool {
    let count = line.split_whitespace().take(LONG + 1).count();
    // Of a paragraph the beginning tells.
    let line = if count > LONG { text::head(line.trim_start(), 64) } else { line };
    let lower = line.trim().to_lowercase().replace('’', "'");
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if leading(NOTICES, bare).is_some() || is_address(&lower) || WHOLE.contains(&bare) {
        return true;
    }
    // `* * * SPECIAL OFFER * * *`.
    let framed = lower.trim_start_matches(['*', ' ', '=', '~', '>']);
    count <= LONG
        && (begins_frame(&lower, count)
            || (framed.len() < lower.len() && begins_frame(framed, count))
            || is_navigation(&lower)
            || is_advertisement(&lower)
            || is_count(bare)
            || is_gift(bare)
            || is_figure(&lower))
}

/// `read more` begins a banner; `Reading the Room` and `Share of the World` begin a title, which ends the phrase elsewhere.
fn begins_frame(lower: &str, count: usize) -> bool {
    let Some(start) = leading(FRAME, lower) else { return false };
    let after = text::tail(lower, start.len());
    let ends = start.ends_with(|c: char| !c.is_alphanumeric()) || !after.starts_with(|c: char| c.is_alphanumeric());
    // A single word, such as `share`, is a banner only by itself or before its list; `Search for Meaning` is a title.
    let single = !start.contains(' ') && start.chars().all(char::is_alphabetic) && start.is_ascii();
    let said = after.trim_start_matches([':', '!', '.', ' ']).is_empty() || after.starts_with(':');
    let urged =
        ["subscribe", "tagged", "sponsored", "promoted", "advertisement", "cookie"].contains(&start) && count <= 12;
    let phrase =
        !single && (count <= 8 || lower.ends_with(['!', '.', '»', '…', ':']) || has_address(lower) || start.len() > 12);
    ends && (phrase || said || urged)
}

/// An address and nothing else.
fn is_address(lower: &str) -> bool {
    let bare = lower.trim_matches(['<', '>', '(', ')', '[', ']']);
    !bare.contains(char::is_whitespace)
        && (bare.contains("://") || bare.starts_with("www.") || bare.starts_with("mailto:") || is_domain(bare))
}

/// Whether a word of it is an address.
fn has_address(lower: &str) -> bool {
    let may = lower.contains(['.', ':']);
    may && lower
        .split_whitespace()
        .any(|w| is_address(w.trim_end_matches(['!', '.', ',', ':', ';', ')'])) || w.contains("://"))
}

/// `example.com`, `blog.example.org/2008`, `jane@example.com`.
fn is_domain(word: &str) -> bool {
    let host = word.split(['/', '?']).next().unwrap_or_default().rsplit('@').next().unwrap_or_default();
    let tld = [
        "com", "org", "net", "edu", "gov", "io", "de", "fr", "uk", "ch", "at", "eu", "info", "co", "me", "dev", "blog",
    ];
    host.rsplit_once('.').is_some_and(|(name, end)| name.len() > 1 && tld.contains(&end))
}

/// `Home | About | Contact`, `Home > Articles > X`.
fn is_navigation(lower: &str) -> bool {
    let signs = [" | ", "|", " · ", " • ", " » ", " › ", " > ", ">>", " / ", " :: ", " → ", " - ", "\t"];
    signs.iter().filter(|sign| lower.contains(**sign)).any(|sign| {
        let parts: Vec<&str> = lower.split(sign).map(str::trim).filter(|p| !p.is_empty()).collect();
        let first = parts.first().copied().unwrap_or_default();
        let home =
            WHOLE.contains(&first.trim_matches(|c: char| !c.is_alphanumeric())) && first != "about" && first != "news";
        let short = parts.iter().all(|p| p.split_whitespace().count() <= 3);
        match *sign {
            " - " => home && parts.len() >= 3,
            " / " => home && parts.len() >= 2,
            "\t" | "|" | " | " | " · " | " • " => (parts.len() >= 3 && short) || (parts.len() >= 2 && home),
            _ => (parts.len() >= 3 && short) || (parts.len() >= 2 && home),
        }
    })
}

/// `Read more at example.com!`, `Visit www.example.org for the full story`.
fn is_advertisement(lower: &str) -> bool {
    let first = lower.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or_default();
    let called = || CALLS.iter().any(|call| lower.contains(*call));
    has_address(lower) && (URGES.contains(&first) || called() || lower.split_whitespace().count() <= 3)
}

/// `12 comments`, `5 min read`, `Page 3 of 7`.
fn is_count(bare: &str) -> bool {
    let words: Vec<&str> = bare.split_whitespace().collect();
    let number = |w: &&str| w.bytes().all(|b| b.is_ascii_digit());
    match words.as_slice() {
        [n, rest @ ..] if number(n) && !rest.is_empty() => {
            let units = [
                "comments",
                "comment",
                "min",
                "mins",
                "minute",
                "minutes",
                "views",
                "shares",
                "likes",
                "replies",
                "responses",
                "words",
            ];
            rest.len() <= 3 && rest.first().is_some_and(|w| units.contains(w))
        }
        ["page", n, ..] => words.len() <= 4 && number(n),
        _ => false,
    }
}

/// `Article courtesy of the Daily Bugle`.
fn is_gift(bare: &str) -> bool {
    let first = bare.split_whitespace().next().unwrap_or_default();
    bare.contains("courtesy of ") && GIVEN.contains(&first)
}

/// `Word Count: 652`, `Views: 1,204`: a number and the name of what is counted.
fn is_figure(lower: &str) -> bool {
    let Some((name, value)) = lower.split_once(':') else { return false };
    let value = value.trim();
    let counts = value.contains(|c: char| c.is_ascii_digit())
        && value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '#' | '/'));
    counts && name.split_whitespace().count() <= 3 && name.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-')
}
