//! What stands before the text: the title, who wrote it and when, its language, the author's macros.

use super::reader::Reader;

/// What the document says about itself, as it is written.
#[derive(Debug, Default)]
pub struct Front {
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub authors: Vec<String>,
    pub date: Option<String>,
    pub language: Option<String>,
    /// It is German, and so are its quotation marks.
    pub german: bool,
}

/// Languages as babel and polyglossia call them.
const LANGUAGES: &[(&str, &str)] = &[
    ("american", "en"),
    ("english", "en"),
    ("british", "en-GB"),
    ("ukenglish", "en-GB"),
    ("usenglish", "en-US"),
    ("german", "de"),
    ("ngerman", "de"),
    ("naustrian", "de-AT"),
    ("austrian", "de-AT"),
    ("nswissgerman", "de-CH"),
    ("french", "fr"),
    ("francais", "fr"),
    ("frenchb", "fr"),
    ("spanish", "es"),
    ("italian", "it"),
    ("portuguese", "pt"),
    ("portuges", "pt"),
    ("brazilian", "pt-BR"),
    ("brazil", "pt-BR"),
    ("dutch", "nl"),
    ("russian", "ru"),
    ("ukrainian", "uk"),
    ("polish", "pl"),
    ("czech", "cs"),
    ("slovak", "sk"),
    ("slovene", "sl"),
    ("slovenian", "sl"),
    ("croatian", "hr"),
    ("serbian", "sr"),
    ("hungarian", "hu"),
    ("magyar", "hu"),
    ("romanian", "ro"),
    ("bulgarian", "bg"),
    ("greek", "el"),
    ("turkish", "tr"),
    ("swedish", "sv"),
    ("danish", "da"),
    ("norsk", "nb"),
    ("nynorsk", "nn"),
    ("finnish", "fi"),
    ("estonian", "et"),
    ("latvian", "lv"),
    ("lithuanian", "lt"),
    ("catalan", "ca"),
    ("galician", "gl"),
    ("basque", "eu"),
    ("latin", "la"),
    ("esperanto", "eo"),
    ("hebrew", "he"),
    ("arabic", "ar"),
    ("vietnamese", "vi"),
    ("japanese", "ja"),
    ("chinese", "zh"),
    ("korean", "ko"),
    ("icelandic", "is"),
    ("irish", "ga"),
    ("welsh", "cy"),
    ("hindi", "hi"),
];

impl Reader {
    /// A command before the text.
    pub fn preamble(&mut self, name: &str) {
        match name {
            "begin" => {
                let Some(environment) = self.input.argument() else { return };
                if environment == "document" {
                    self.hidden = false;
                } else if super::environment::is_raw(&environment) {
                    self.raw_environment(&environment);
                }
            }
            "documentclass" | "documentstyle" => {
                let options = self.input.optional().unwrap_or_default();
                self.speak(&options);
                self.input.argument();
            }
            "usepackage" | "RequirePackage" => {
                let options = self.input.optional().unwrap_or_default();
                let package = self.input.argument().unwrap_or_default();
                if package.contains("babel") || package.contains("polyglossia") {
                    self.speak(&options);
                } else if package.trim() == "ngerman" || package.trim() == "german" {
                    self.speak(&package);
                }
            }
            _ if self.states(name) || self.defines(name) => {}
            "iffalse" => drop(self.input.until("\\fi")),
            _ => {}
        }
    }

    /// Commands that say something about the document, wherever they stand.
    pub fn states(&mut self, name: &str) -> bool {
        match name {
            "setdefaultlanguage" | "setmainlanguage" | "selectlanguage" => {
                self.input.optional();
                let language = self.input.argument().unwrap_or_default();
                if name != "selectlanguage" || self.front.language.is_none() {
                    self.speak(&language);
                }
            }
            "title" | "subtitle" | "date" => {
                self.input.optional();
                let Some(value) = self.input.argument() else { return true };
                match name {
                    "title" => self.front.title = Some(value),
                    "date" => self.front.date = Some(value),
                    _ => self.front.subtitle = Some(value),
                }
            }
            "author" => {
                self.input.optional();
                self.front.authors.extend(self.input.argument());
            }
            _ => return false,
        }
        true
    }

    /// Commands that define others.
    pub fn defines(&mut self, name: &str) -> bool {
        match name {
            "newcommand"
            | "renewcommand"
            | "providecommand"
            | "newenvironment"
            | "renewenvironment"
            | "def"
            | "gdef"
            | "edef"
            | "xdef"
            | "DeclareRobustCommand"
            | "NewDocumentCommandX" => {
                self.macros.define(name, &mut self.input, super::command::is_structure);
            }
            "newtheorem" => {
                self.input.take("*");
                let environment = self.input.argument().unwrap_or_default();
                self.input.optional();
                let title = self.input.argument().unwrap_or_default();
                self.input.optional();
                self.macros.theorems.insert(environment, title);
            }
            "DeclareMathOperator" | "let" | "DeclarePairedDelimiter" => {
                self.input.take("*");
                self.input.argument();
                self.input.take("=");
                self.input.argument();
            }
            _ => return false,
        }
        true
    }

    /// Takes the language from babel's options: the last is the main one.
    fn speak(&mut self, options: &str) {
        let mut main = None;
        for option in options.split(',') {
            let (key, value) = option.split_once('=').unwrap_or(("", option));
            let known = LANGUAGES.iter().find(|(name, _)| *name == value.trim());
            if let Some((_, language)) = known.filter(|_| matches!(key.trim(), "" | "main")) {
                main = Some((*language).to_owned());
            }
            if key.trim() == "main" {
                break;
            }
        }
        self.front.language = main.or(self.front.language.take());
        self.front.german = self.front.language.as_deref().is_some_and(|l| l.starts_with("de"));
    }

    /// The names of the authors, without where they work.
    pub fn authors(&self) -> Option<String> {
        let mut names = Vec::new();
        for written in self.front.authors.iter().take(100) {
            let written = written.replace("\\And", "\\and").replace("\\AND", "\\and");
            for author in written.split("\\and") {
                // `\\` ends the name, but for a line end right after a macro that begins it.
                let author = author.trim().trim_start_matches("\\\\");
                let name = author.split("\\\\").map(|line| self.plain(line)).find(|line| !line.is_empty());
                names.extend(name.map(|n| n.trim_matches([',', ' ']).to_owned()).filter(|n| !n.is_empty()));
                if names.len() >= 100 {
                    break;
                }
            }
        }
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// `\maketitle`
    pub fn make_title(&mut self) {
        let Some(title) = self.front.title.as_ref().map(|t| self.plain(t)).filter(|t| !t.is_empty()) else { return };
        self.flush();
        self.levels.titled = true;
        self.build.heading_of(1, title, Vec::new());
        let plain = |source: &Option<String>| source.as_ref().map(|s| self.plain(s));
        let lines = [plain(&self.front.subtitle), self.authors(), plain(&self.front.date)];
        for line in lines.into_iter().flatten() {
            self.build.prose.push(&line);
            self.flush();
        }
    }
}
