//! Languages and what they are called: how a document names its language and how a person asks for it. Tags are those of
//! BCP 47, codes those of ISO 639-3. A language that is not in the table is still one, under its own tag.

use super::fold::fold;

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// The primary subtag of BCP 47: `de`.
    pub tag: &'static str,
    /// ISO 639-3: `deu`.
    pub code: &'static str,
    /// In English.
    pub name: &'static str,
    /// In the language itself.
    pub own: &'static str,
}

/// The languages that a text is recognised as, by tag.
#[rustfmt::skip]
pub const LANGUAGES: &[Language] = &[
    Language { tag: "af", code: "afr", name: "Afrikaans", own: "Afrikaans" },
    Language { tag: "ak", code: "aka", name: "Akan", own: "Akan" },
    Language { tag: "am", code: "amh", name: "Amharic", own: "አማርኛ" },
    Language { tag: "ar", code: "ara", name: "Arabic", own: "العربية" },
    Language { tag: "az", code: "aze", name: "Azerbaijani", own: "Azərbaycanca" },
    Language { tag: "be", code: "bel", name: "Belarusian", own: "Беларуская" },
    Language { tag: "bg", code: "bul", name: "Bulgarian", own: "Български" },
    Language { tag: "bn", code: "ben", name: "Bengali", own: "বাংলা" },
    Language { tag: "ca", code: "cat", name: "Catalan", own: "Català" },
    Language { tag: "cs", code: "ces", name: "Czech", own: "Čeština" },
    Language { tag: "cy", code: "cym", name: "Welsh", own: "Cymraeg" },
    Language { tag: "da", code: "dan", name: "Danish", own: "Dansk" },
    Language { tag: "de", code: "deu", name: "German", own: "Deutsch" },
    Language { tag: "el", code: "ell", name: "Greek", own: "Ελληνικά" },
    Language { tag: "en", code: "eng", name: "English", own: "English" },
    Language { tag: "eo", code: "epo", name: "Esperanto", own: "Esperanto" },
    Language { tag: "es", code: "spa", name: "Spanish", own: "Español" },
    Language { tag: "et", code: "est", name: "Estonian", own: "Eesti" },
    Language { tag: "fa", code: "pes", name: "Persian", own: "فارسی" },
    Language { tag: "fi", code: "fin", name: "Finnish", own: "Suomi" },
    Language { tag: "fr", code: "fra", name: "French", own: "Français" },
    Language { tag: "gu", code: "guj", name: "Gujarati", own: "ગુજરાતી" },
    Language { tag: "he", code: "heb", name: "Hebrew", own: "עברית" },
    Language { tag: "hi", code: "hin", name: "Hindi", own: "हिन्दी" },
    Language { tag: "hr", code: "hrv", name: "Croatian", own: "Hrvatski" },
    Language { tag: "hu", code: "hun", name: "Hungarian", own: "Magyar" },
    Language { tag: "hy", code: "hye", name: "Armenian", own: "Հայերեն" },
    Language { tag: "id", code: "ind", name: "Indonesian", own: "Indonesia" },
    Language { tag: "it", code: "ita", name: "Italian", own: "Italiano" },
    Language { tag: "ja", code: "jpn", name: "Japanese", own: "日本語" },
    Language { tag: "jv", code: "jav", name: "Javanese", own: "Jawa" },
    Language { tag: "ka", code: "kat", name: "Georgian", own: "ქართული" },
    Language { tag: "km", code: "khm", name: "Khmer", own: "ខ្មែរ" },
    Language { tag: "kn", code: "kan", name: "Kannada", own: "ಕನ್ನಡ" },
    Language { tag: "ko", code: "kor", name: "Korean", own: "한국어" },
    Language { tag: "la", code: "lat", name: "Latin", own: "Latina" },
    Language { tag: "lt", code: "lit", name: "Lithuanian", own: "Lietuvių" },
    Language { tag: "lv", code: "lav", name: "Latvian", own: "Latviešu" },
    Language { tag: "mk", code: "mkd", name: "Macedonian", own: "Македонски" },
    Language { tag: "ml", code: "mal", name: "Malayalam", own: "മലയാളം" },
    Language { tag: "mr", code: "mar", name: "Marathi", own: "मराठी" },
    Language { tag: "my", code: "mya", name: "Burmese", own: "မြန်မာစာ" },
    Language { tag: "nb", code: "nob", name: "Norwegian", own: "Norsk" },
    Language { tag: "ne", code: "nep", name: "Nepali", own: "नेपाली" },
    Language { tag: "nl", code: "nld", name: "Dutch", own: "Nederlands" },
    Language { tag: "or", code: "ori", name: "Oriya", own: "ଓଡ଼ିଆ" },
    Language { tag: "pa", code: "pan", name: "Punjabi", own: "ਪੰਜਾਬੀ" },
    Language { tag: "pl", code: "pol", name: "Polish", own: "Polski" },
    Language { tag: "pt", code: "por", name: "Portuguese", own: "Português" },
    Language { tag: "ro", code: "ron", name: "Romanian", own: "Română" },
    Language { tag: "ru", code: "rus", name: "Russian", own: "Русский" },
    Language { tag: "si", code: "sin", name: "Sinhalese", own: "සිංහල" },
    Language { tag: "sk", code: "slk", name: "Slovak", own: "Slovenčina" },
    Language { tag: "sl", code: "slv", name: "Slovene", own: "Slovenščina" },
    Language { tag: "sn", code: "sna", name: "Shona", own: "ChiShona" },
    Language { tag: "sr", code: "srp", name: "Serbian", own: "Српски" },
    Language { tag: "sv", code: "swe", name: "Swedish", own: "Svenska" },
    Language { tag: "ta", code: "tam", name: "Tamil", own: "தமிழ்" },
    Language { tag: "te", code: "tel", name: "Telugu", own: "తెలుగు" },
    Language { tag: "th", code: "tha", name: "Thai", own: "ไทย" },
    Language { tag: "tk", code: "tuk", name: "Turkmen", own: "Türkmençe" },
    Language { tag: "tl", code: "tgl", name: "Tagalog", own: "Tagalog" },
    Language { tag: "tr", code: "tur", name: "Turkish", own: "Türkçe" },
    Language { tag: "uk", code: "ukr", name: "Ukrainian", own: "Українська" },
    Language { tag: "ur", code: "urd", name: "Urdu", own: "اُردُو" },
    Language { tag: "uz", code: "uzb", name: "Uzbek", own: "Oʻzbekcha" },
    Language { tag: "vi", code: "vie", name: "Vietnamese", own: "Việt" },
    Language { tag: "yi", code: "yid", name: "Yiddish", own: "ייִדיש" },
    Language { tag: "zh", code: "cmn", name: "Chinese", own: "中文" },
    Language { tag: "zu", code: "zul", name: "Zulu", own: "IsiZulu" },
];

impl Language {
    /// What it may be asked for by.
    pub fn names(&self) -> [&'static str; 4] {
        [self.tag, self.code, self.name, self.own]
    }
}

/// The language of an ISO 639-3 code.
pub fn by_code(code: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.code == code)
}

/// The language that a document means: it may say `de`, `de-AT`, `deu` or `German`.
pub fn meant(written: &str) -> Option<&'static Language> {
    let first = fold(primary(written));
    LANGUAGES.iter().find(|language| language.names().iter().any(|name| fold(name) == first))
}

/// What libraries write in place of the codes above (ISO 639-2/B).
const BIBLIOGRAPHIC: &[(&str, &str)] = &[
    ("arm", "hy"),
    ("bur", "my"),
    ("chi", "zh"),
    ("cze", "cs"),
    ("dut", "nl"),
    ("fre", "fr"),
    ("geo", "ka"),
    ("ger", "de"),
    ("gre", "el"),
    ("mac", "mk"),
    ("per", "fa"),
    ("rum", "ro"),
    ("slo", "sk"),
    ("wel", "cy"),
    ("zho", "zh"),
];

/// The tag of the language that a document's metadata names: `de_AT` is `de-AT`; `deu`, `ger` and `German` are `de`. `None`
/// for what names none.
pub fn tag(written: &str) -> Option<String> {
    let written = written.trim().replace('_', "-");
    let first = primary(&written).to_lowercase();
    let rest = super::tail(&written, first.len());
    let known = || {
        let bibliographic = BIBLIOGRAPHIC.iter().find(|(code, _)| *code == first).map(|(_, tag)| *tag);
        bibliographic.or_else(|| meant(&first).map(|language| language.tag))
    };
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if first.len() != 2
        && let Some(tag) = known()
    {
        return Some(if plain(rest) { format!("{tag}{rest}") } else { tag.to_owned() });
    }
    let named = !matches!(first.as_str(), "" | "und" | "mul" | "zxx") && written.len() <= 35 && plain(&written);
    named.then(|| format!("{first}{rest}"))
}

/// The part of a tag before its region and script.
pub fn primary(tag: &str) -> &str {
    tag.trim().split(['-', '_']).next().unwrap_or_default()
}
