//! What a FictionBook says about itself: `<title-info>` about the book, `<publish-info>` about the printed one.

use crate::{
    doc::{Date, Meta},
    formats::{build::collapsed, title},
    text::language,
};

/// What was read so far, by the path of elements below `<description>`.
#[derive(Debug, Default)]
pub struct Description {
    title: String,
    authors: Vec<[String; 4]>,
    date: Option<Date>,
    written: String,
    year: String,
    language: String,
    genres: Vec<String>,
    keywords: String,
    /// Series and the number in it.
    series: Vec<(String, Option<String>)>,
}

/// The parts of a name, in the order in which they are read. The last stands in for all.
const NAME: [&str; 4] = ["first-name", "middle-name", "last-name", "nickname"];

impl Description {
    /// An element begins, within these.
    pub fn start(&mut self, path: &[String], attribute: &dyn Fn(&str) -> Option<String>) {
        match names(path).as_slice() {
            ["title-info", "author"] => self.authors.push(<[String; 4]>::default()),
            ["title-info", "date"] => self.date = attribute("value").and_then(|value| title::date(&value)),
            ["title-info", "genre"] => self.genres.push(String::new()),
            ["title-info" | "publish-info", "sequence"] => {
                if let Some(name) = attribute("name").map(|name| collapsed(&name)).filter(|name| !name.is_empty())
                    && !self.series.iter().any(|(known, _)| *known == name)
                {
                    let number = attribute("number").map(|n| collapsed(&n)).filter(|n| !n.is_empty() && n != "0");
                    self.series.push((name, number));
                }
            }
            _ => {}
        }
    }

    /// Text within these elements.
    pub fn text(&mut self, path: &[String], text: &str) {
        match names(path).as_slice() {
            ["title-info", "book-title"] => self.title.push_str(text),
            ["title-info", "date"] => self.written.push_str(text),
            ["title-info", "lang"] => self.language.push_str(text),
            ["title-info", "keywords"] => self.keywords.push_str(text),
            ["publish-info", "year"] => self.year.push_str(text),
            ["title-info", "genre"] => {
                if let Some(genre) = self.genres.last_mut() {
                    genre.push_str(text);
                }
            }
            ["title-info", "author", part] => {
                let part = NAME.iter().position(|name| name == part);
                if let Some(part) = self.authors.last_mut().zip(part).and_then(|(author, at)| author.get_mut(at)) {
                    part.push_str(text);
                }
            }
            _ => {}
        }
    }

    /// The series, as a line to begin with.
    pub fn series(&self) -> impl Iterator<Item = String> {
        self.series.iter().map(|(name, number)| match number {
            Some(number) => format!("{name}, {number}"),
            None => name.clone(),
        })
    }

    /// All of it.
    pub fn meta(&self) -> Meta {
        let said = |text: &str| Some(collapsed(text)).filter(|text| !text.is_empty());
        // A year is said in the text, while the attribute has to be a day of it.
        let written = title::date(&collapsed(&self.written));
        let date = match (written, self.date) {
            (Some(written), _) if written.month().is_none() => Some(written),
            (written, value) => value.or(written),
        };
        let keywords = self.keywords.split([',', ';']).map(str::to_owned);
        let series = self.series.iter().map(|(name, _)| name.clone());
        let mut tags: Vec<String> = Vec::new();
        for tag in self.genres.iter().cloned().chain(keywords).chain(series) {
            let tag = collapsed(&tag);
            if !tag.is_empty() && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        Meta {
            title: said(&self.title),
            author: said(&self.authors.iter().filter_map(name).collect::<Vec<_>>().join(", ")),
            date: date.or_else(|| title::date(&collapsed(&self.year))),
            language: language::tag(&self.language),
            tags,
            ..Meta::default()
        }
    }
}

/// A name as it is read.
fn name(parts: &[String; 4]) -> Option<String> {
    let [first, middle, last, nickname] = parts;
    let whole = collapsed(&format!("{first} {middle} {last}"));
    let name = if whole.is_empty() { collapsed(nickname) } else { whole };
    (!name.is_empty()).then_some(name)
}

fn names(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}
