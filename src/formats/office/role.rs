//! What a paragraph is by the name of its style, in the languages that programs name styles in.

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    #[default]
    Text,
    /// The title of the document.
    Title,
    /// A heading of this level, from 1.
    Heading(u8),
    /// A quotation.
    Quote,
    /// Code.
    Code,
    /// A paragraph of an item that another one began.
    Continued,
    /// An entry in a table of contents.
    Contents,
    /// Who wrote the document.
    Author,
    /// When it was written.
    Date,
}

/// What headings are called, before their number.
const HEADINGS: &[&str] = &[
    "heading",
    "überschrift",
    "berschrift",
    "titre",
    "título",
    "titulo",
    "titolo",
    "заголовок",
    "rubrik",
    "kop",
    "otsikko",
    "overskrift",
    "nagłówek",
    "nagwek",
    "nadpis",
    "标题",
    "標題",
    "見出し",
    "제목",
    "címsor",
    "cmsor",
    "titlu",
    "başlık",
    "επικεφαλίδα",
    "naslov",
    "virsraksts",
    "antraštė",
    "intestazione",
    "cabeçalho",
    "encabezado",
];

/// What a style of this name, in lower case, is.
pub fn role(name: &str) -> Role {
    let name = name.trim();
    if let Some(number) = HEADINGS.iter().find_map(|word| name.strip_prefix(word)) {
        let number = number.trim();
        if let Ok(level @ 1..=9) = number.split(' ').next().unwrap_or_default().parse::<u8>() {
            return Role::Heading(level);
        }
    }
    if name.strip_prefix("toc").or(name.strip_prefix("contents")).is_some_and(|rest| rest.trim().parse::<u8>().is_ok())
    {
        return Role::Contents;
    }
    match name {
        "title" | "titel" | "doctitle" | "book title" | "document title" | "название" | "titre" | "título"
        | "titolo" | "标题" | "標題" | "表題" => Role::Title,
        "quote" | "intense quote" | "block text" | "quotations" | "blockquote" | "block quote" | "block quotation"
        | "zitat" | "citation" | "quotation" | "cita" | "citazione" => Role::Quote,
        "source code" | "sourcecode" | "html preformatted" | "htmlpreformatted" | "preformatted text" | "code"
        | "code block" | "macro text" | "macro" | "listing" | "program listing" | "verbatim" | "codeblock" => {
            Role::Code
        }
        "author" | "byline" => Role::Author,
        "date" => Role::Date,
        "toc heading" => Role::Heading(1),
        _ if name.starts_with("list continue") => Role::Continued,
        _ => Role::Text,
    }
}
