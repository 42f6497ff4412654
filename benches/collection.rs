//! A collection of made-up documents with the statistics of real ones: words by Zipf's law (the r-th most common word is
//! met 1/r times as often as the first), lengths log-normal, titles, authors, dates over fifteen years, and one document in
//! twenty in Chinese characters. The same numbers give the same files.

use std::{collections::HashSet, fmt::Write as _, fs, path::Path};

/// Words that it draws from; the most common hundred are English.
const VOCABULARY: usize = 300_000;

/// Characters of the documents in Chinese.
const CHARACTERS: usize = 3_000;

const COMMON: &str = "the of and to a in that it is was he for on are with as his they be at one have this from or had by \
    but what some we can out other were all there when up use your how said an each she which do their time if will way \
    about many then them write would like so these her long make thing see him two has look more day could go come did \
    number sound no most people my over know water than call first who may down side been now find any new work part";

const SYLLABLES: &str = "ba be bi bo bu da de di do du fa fe fi ga ge go ha he hi ho ka ke ki ko la le li lo lu ma me mi mo mu \
    na ne ni no nu pa pe pi po pu ra re ri ro ru sa se si so su ta te ti to tu va ve vi wa we ya yo za ing ter men tion con \
    per ver ous int est and ity ble sub pro com ex un str tr pl gr br cl sp st";

/// What is drawn from.
pub struct Collection {
    words: Vec<String>,
}

/// A generator of numbers that look random: SplitMix64 (Steele, Lea and Flood 2014).
pub struct Random(pub u64);

impl Collection {
    /// The vocabulary.
    pub fn new() -> Collection {
        let syllables: Vec<&str> = SYLLABLES.split_whitespace().collect();
        let mut words: Vec<String> = COMMON.split_whitespace().map(str::to_owned).collect();
        let mut seen: HashSet<String> = words.iter().cloned().collect();
        let mut random = Random(1);
        while words.len() < VOCABULARY {
            // Rare words are longer, as in languages.
            let syllables_in = 2 + random.below(2) + usize::from(words.len() > 5_000) * random.below(2);
            let word: String = (0..syllables_in).map(|_| syllables[random.below(syllables.len())]).collect();
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        Collection { words }
    }

    /// A word by its place, the most common first.
    pub fn word(&self, rank: usize) -> &str {
        &self.words[rank]
    }

    /// A Chinese character by its place, the most common first.
    pub fn character(rank: usize) -> char {
        char::from_u32(0x4E00 + (rank as u32 * 7) % 20_000).unwrap_or('一')
    }

    /// Writes `documents` files into `dir`, a thousand in a folder, and answers how many bytes they are. A folder that was
    /// written whole before is left as it is.
    pub fn write(&self, dir: &Path, documents: usize) -> u64 {
        let done = dir.with_extension("done");
        if let Ok(bytes) = fs::read_to_string(&done) {
            return bytes.trim().parse().unwrap_or_else(|e| panic!("{e}"));
        }
        let mut bytes = 0;
        for number in 0..documents {
            let folder = dir.join(format!("{:03}", number / 1000));
            fs::create_dir_all(&folder).unwrap_or_else(|e| panic!("{e}"));
            let (name, text) = self.document(number);
            bytes += text.len() as u64;
            fs::write(folder.join(name), text).unwrap_or_else(|e| panic!("{e}"));
        }
        fs::write(&done, bytes.to_string()).unwrap_or_else(|e| panic!("{e}"));
        bytes
    }

    /// A document and the name of its file, which says nothing.
    pub fn document(&self, number: usize) -> (String, String) {
        let mut random = Random(number as u64 + 2);
        let markdown = random.below(10) < 3;
        let name = format!("{:03}_{:08x}.{}", number % 1000, random.next() as u32, if markdown { "md" } else { "txt" });
        // The median is 2.9 KB and the mean 5 KB.
        let length = (2_900.0 * (1.05 * random.normal()).exp()).clamp(200.0, 1_000_000.0) as usize;
        let mut text = String::with_capacity(length + 500);
        let chinese = random.below(20) == 0;
        self.heading(&mut text, markdown, chinese, &mut random);
        while text.len() < length {
            if chinese {
                Collection::characters(&mut text, &mut random)
            } else {
                self.paragraph(&mut text, &mut random)
            }
        }
        (name, text)
    }

    fn heading(&self, text: &mut String, markdown: bool, chinese: bool, random: &mut Random) {
        if markdown {
            text.push_str("# ");
        }
        if chinese {
            (0..6 + random.below(8)).for_each(|_| text.push(Collection::character(random.zipf(CHARACTERS))));
        } else {
            for at in 0..3 + random.below(5) {
                text.push_str(if at > 0 { " " } else { "" });
                capital(text, &self.words[random.zipf(VOCABULARY)]);
            }
        }
        let months = ["January", "March", "April", "June", "September", "November"];
        let (day, month, year) = (1 + random.below(28), months[random.below(6)], 2005 + random.below(15));
        let author = ["Ann", "Boris", "Chandra", "Dmitri", "Eva", "Farid"][random.below(6)];
        write!(text, "\n\nBy {author} ").unwrap_or_else(|e| panic!("{e}"));
        capital(text, &self.words[200 + random.below(500)]);
        write!(text, "\n{day} {month} {year}\n\n").unwrap_or_else(|e| panic!("{e}"));
    }

    /// Sentences with capitals, commas and full stops, broken at 72 columns in half of the paragraphs.
    fn paragraph(&self, text: &mut String, random: &mut Random) {
        let (hard, mut column, mut sentence) = (random.below(2) == 0, 0, 0);
        for _ in 0..30 + random.below(90) {
            let word = &self.words[random.zipf(VOCABULARY)];
            let start = text.len();
            if sentence == 0 {
                capital(text, word)
            } else {
                text.push_str(word)
            }
            sentence += 1;
            if sentence > 5 && random.below(10) == 0 {
                text.push('.');
                sentence = 0;
            } else if random.below(12) == 0 {
                text.push(',');
            }
            column += text.len() - start + 1;
            text.push(if hard && column > 64 { '\n' } else { ' ' });
            column = if text.ends_with('\n') { 0 } else { column };
        }
        text.truncate(text.trim_end().len());
        text.push_str(".\n\n");
    }

    fn characters(text: &mut String, random: &mut Random) {
        for _ in 0..60 + random.below(200) {
            text.push(Collection::character(random.zipf(CHARACTERS)));
            if random.below(15) == 0 {
                text.push('，');
            }
        }
        text.push_str("。\n\n");
    }
}

fn capital(text: &mut String, word: &str) {
    let mut letters = word.chars();
    text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    text.push_str(letters.as_str());
}

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// From 0 to 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A place among `size`, by Zipf's law with exponent 1: its distribution function is ln(r) / ln(size).
    pub fn zipf(&mut self, size: usize) -> usize {
        (((size as f64).powf(self.unit()) - 1.0) as usize).min(size - 1)
    }

    /// From the standard normal distribution (Box and Muller 1958).
    fn normal(&mut self) -> f64 {
        let (a, b) = (1.0 - self.unit(), self.unit());
        (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
    }
}
