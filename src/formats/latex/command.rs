//! What a command does: structure here, marks within a line in [`super::inline`]. One that nobody knows vanishes, and its
//! arguments are text.

use super::reader::{Close, Reader};
use crate::{
    doc::{Block, Kind, SpanKind},
    formats::build::collapsed,
};

/// Commands without a trace, and how many arguments vanish with them.
const DROPPED: &[(usize, &str)] = &[
    (
        1,
        "vspace hspace pagestyle thispagestyle bibliographystyle usepackage hypersetup color index glossary \
         hyphenation markright pagenumbering newcounter refstepcounter stepcounter setlist \
         graphicspath geometry usetikzlibrary captionsetup lstset usetheme usecolortheme usefonttheme newlength \
         linespread hphantom vphantom phantom nocite thanks orcid orcidID email@ inst institute@ allowdisplaybreaks@ \
         bookmarksetup enlargethispage addbibresource includeonly typeout message PackageWarning ensuremath@ setstretch \
         cmidrule cline usebox newsavebox newif titlerunning authorrunning subjclass@ morecmidrules@ crefname@ columnbreak@ \
         vspace* hspace* useoutertheme useinnertheme setbeamertemplate@ arraystretch@ label@ pause@ fontfamily fontseries \
         fontshape usefont@ theoremstyle numberwithin@ tikzset pgfplotsset input@ special write18 IEEEauthorblockA \
         affiliation@ marginpar@",
    ),
    (
        2,
        "setlength addtolength setcounter addtocounter markboth fontsize rule setbeamercolor setbeamerfont \
         numberwithin settowidth resizebox setbeamertemplate addvspace@ sbox savebox AtBeginEnvironment counterwithin",
    ),
    (3, "addcontentsline definecolor colorlet@ crefname Crefname"),
];

/// Plain TeX's commands that a length follows, without braces.
const LENGTHS: &str = "vskip hskip kern parindent parskip baselineskip textwidth textheight topmargin oddsidemargin \
    evensidemargin hsize vsize hoffset voffset tolerance penalty columnsep headheight headsep footskip arraycolsep tabcolsep \
    lineskip abovedisplayskip belowdisplayskip hfuzz vfuzz emergencystretch pretolerance clubpenalty widowpenalty \
    hangindent hangafter looseness lower raise moveleft moveright leftskip rightskip";

fn has(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == name)
}

/// Commands whose meaning stays, whatever a class or an author makes them look like.
pub fn is_structure(name: &str) -> bool {
    level(name).is_some()
        || matches!(
            name,
            "item"
                | "begin"
                | "end"
                | "footnote"
                | "caption"
                | "label"
                | "emph"
                | "textbf"
                | "textit"
                | "texttt"
                | "maketitle"
                | "includegraphics"
                | "cite"
                | "href"
                | "url"
                | "itemize"
                | "enumerate"
                | "document"
                | "verbatim"
                | "tabular"
        )
}

/// How deep a sectioning command is, from `\part`.
fn level(name: &str) -> Option<u8> {
    let names = ["part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph"];
    names.iter().zip(0..).find(|(known, _)| **known == name).map(|(_, level)| level)
}

impl Reader {
    /// A command within the text.
    pub fn command(&mut self, name: &str) {
        if self.macros.expand(name, &mut self.input) || self.mark(name) || self.states(name) || self.defines(name) {
            return;
        }
        if let Some(level) = level(name) {
            return self.section(level);
        }
        match name {
            "begin" => self.begin_environment(),
            "end" => self.end_environment(),
            "item" => self.item(),
            "bibitem" => self.bibliography_item(),
            "par" | "newpage" | "clearpage" | "cleardoublepage" | "bigskip" | "medskip" | "smallskip" | "pagebreak"
            | "endgraf" => self.paragraph(),
            "\\" | "newline" | "tabularnewline" | "linebreak" | "cr" => self.line_end(),
            "maketitle" | "titlepage" => self.make_title(),
            "caption" | "captionof" | "subcaption" | "subfloat" => {
                self.input.take("*");
                if name == "captionof" {
                    self.input.argument();
                }
                self.input.optional();
                if self.build.in_table() {
                    // A long table has its caption within it.
                    let text = self.input.argument().map(|text| self.plain(&text)).unwrap_or_default();
                    return self.build.emit(Block::new(Kind::Paragraph, text));
                }
                self.flush();
                self.stream(Close::Paragraph);
            }
            "frametitle" => self.section(self.slide_level()),
            "hline" | "midrule" | "toprule" | "bottomrule" | "endhead" | "endfirsthead" | "endfoot" | "endlastfoot"
            | "multicolumn" | "multirow" => self.table_command(name),
            "hrule" | "hrulefill" => {}
            "input" | "include" | "subfile" | "verbatiminput" | "lstinputlisting" | "InputIfFileExists" => {
                self.included()
            }
            "bibliography" | "printbibliography" => {
                self.input.optional();
                if name == "bibliography" {
                    self.input.argument();
                }
            }
            "appendix" | "centering" | "noindent" | "indent" | "tableofcontents" | "protect" | "relax" => {}
            "iffalse" => drop(self.input.until("\\fi")),
            "bye" | "endinput" => self.ended = true,
            _ => self.unknown(name),
        }
    }

    fn unknown(&mut self, name: &str) {
        self.input.take("*");
        if has(LENGTHS, name) {
            return self.length();
        }
        let arguments = DROPPED.iter().find(|(_, names)| has(names, name)).map(|(count, _)| *count);
        if name == "cmidrule" && self.input.take("(") {
            self.input.until(")");
        }
        // What braces follow an unknown sign is text; a bracket is an option of a command that has letters.
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) && self.input.rest().starts_with('[') {
            self.input.optional();
        }
        for _ in 0..arguments.unwrap_or(0) {
            self.input.optional();
            if !self.input.rest().starts_with(['{', '\\']) {
                break;
            }
            self.input.argument();
        }
        if arguments.is_some() && self.input.rest().starts_with('[') {
            self.input.optional();
        }
    }

    /// `=-1.5em plus 2pt` after a command.
    fn length(&mut self) {
        let rest = self.input.rest();
        let line = rest.lines().next().unwrap_or_default();
        let mut end = 0;
        for word in line.split_inclusive(' ').take(7) {
            let bare = word.trim().trim_start_matches(['=', '-']);
            let is_length =
                bare.is_empty() || matches!(bare, "plus" | "minus" | "pt" | "em" | "cm" | "mm" | "in" | "ex" | "to");
            if is_length || bare.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
                let letters = word.find(['\\', '{', '$', '}']).unwrap_or(word.len());
                end += letters;
                if letters < word.len() {
                    break;
                }
            } else {
                break;
            }
        }
        self.input.skip(end);
    }

    /// A heading, from `\part` at 0.
    fn section(&mut self, level: u8) {
        self.input.take("*");
        self.input.skip_space();
        self.input.optional();
        if self.build.in_table() {
            return;
        }
        self.flush();
        self.stream(Close::Heading(self.levels.heading(level)));
    }

    /// The level of a slide's title, below the sections of the talk.
    pub fn slide_level(&self) -> u8 {
        3
    }

    /// `\label` right after a heading names the heading.
    pub fn name_heading(&mut self) {
        for _ in 0..4 {
            let ahead = self.input.rest().trim_start_matches([' ', '\t', '\n']);
            let blank = self.input.rest().len() - ahead.len();
            if !ahead.starts_with("\\label{") {
                return;
            }
            self.input.skip(blank + "\\label".len());
            if let Some(name) = self.input.argument() {
                self.build.name_next(name.trim().to_owned());
            }
        }
    }

    /// The heading of a part that the class names.
    pub fn heading(&mut self, text: &str) {
        self.input.push(&format!("\\section*{{{text}}}"));
    }

    /// A file that is a part of this one: its name, which leads to it.
    fn included(&mut self) {
        self.input.optional();
        let Some(name) = self.input.argument().map(|name| collapsed(&name)).filter(|name| !name.is_empty()) else {
            return;
        };
        let file = if name.contains('.') { name } else { format!("{name}.tex") };
        self.flush();
        let link = self.build.link(file.clone());
        self.build.prose.span(link, &file);
        self.flush();
        self.build.warn("parts of this text are in other files, which are named where they belong".to_owned());
    }

    fn line_end(&mut self) {
        self.input.take("*");
        let bracket = self.input.rest().trim_start_matches([' ', '\t']);
        // `\\[2pt]`, and not a bracket that begins the next line's text.
        if bracket.starts_with('[')
            && bracket.split(']').next().is_some_and(|b| b.len() < 20 && b.contains(char::is_numeric))
        {
            self.input.optional();
        }
        if self.build.in_table() {
            self.end_row();
        } else {
            self.build.prose.hard_break();
            self.input.skip_space();
        }
    }

    /// `<1->`: on which steps of a slide something is shown.
    fn overlay(&mut self) {
        let inside =
            self.input.rest().strip_prefix('<').and_then(|rest| rest.split_once('>')).map(|(inside, _)| inside);
        let is_step = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | ',' | '|' | '@');
        if let Some(length) = inside.filter(|inside| inside.chars().all(is_step)).map(str::len) {
            self.input.skip(length + 2);
        }
    }

    fn item(&mut self) {
        self.overlay();
        let marker = self.input.optional();
        let Some(at) = self.innermost(|open| matches!(open.close, Close::List { .. })) else {
            // An item in a cell, or without its list.
            self.paragraph();
            return self.literal("• ");
        };
        self.end_from(at + 1);
        self.flush();
        let mut described = false;
        if let Some(Close::List { item, described: terms }) = self.open.last_mut().map(|open| &mut open.close) {
            described = *terms;
            if std::mem::replace(item, true) {
                self.build.leave();
            }
        }
        match marker {
            Some(term) if described => {
                self.input.push(&format!("{term}}}"));
                self.begin(None, Close::Term);
            }
            None if described => self.build.enter_marked(String::new()),
            Some(marker) => {
                let marker = self.plain(&marker);
                self.build.enter_marked(marker);
            }
            None => self.build.enter_item('.'),
        }
    }

    fn bibliography_item(&mut self) {
        self.input.optional();
        let key = self.input.argument().unwrap_or_default();
        let key = key.trim();
        self.input.push(&format!("\\item[{{[{key}]}}] "));
        self.flush();
        self.build.name_next(key.to_owned());
    }

    /// An image, by its alternative text or its name.
    pub fn image(&mut self) {
        let options = self.input.optional().unwrap_or_default();
        self.input.optional();
        let file = collapsed(&self.input.argument().unwrap_or_default());
        let alt = options.split_once("alt=").map(|(_, alt)| alt.trim_start());
        let alt = alt.map(|alt| match alt.strip_prefix('{') {
            Some(braced) => braced.split('}').next().unwrap_or_default(),
            None => alt.split(',').next().unwrap_or_default(),
        });
        let alt = alt.filter(|alt| !alt.is_empty()).map_or_else(|| file.clone(), collapsed);
        if !file.is_empty() {
            self.literal("");
            self.build.prose.span(SpanKind::Image(file), &alt);
        }
    }
}
