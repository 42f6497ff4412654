//! What a page says about itself: in `<title>` and `<meta>`, in JSON-LD, and where it names its author and its day in the text.

mod linked;
mod title;

use dom_query::{Document, NodeRef};

use crate::{
    doc::{Date, Meta},
    formats::{build::collapsed, title as titles},
};

/// Names of `<meta>` that give the author, best first; what is said by Dublin Core, by Open Graph, by Highwire for papers.
const AUTHORS: [&str; 8] = [
    "author",
    "dc.creator",
    "dcterms.creator",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "twitter:data1",
];

/// Names that give the day it was written, best first.
const DATES: [&str; 16] = [
    "article:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "date",
    "pubdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "og:published_time",
];

/// How many values of one kind are kept, and how long each may be.
const MANY: usize = 16;
const LONG: usize = 200;

/// Reads what a page says about itself. `headings` are the first ones of the text that is shown.
pub fn meta(page: &Document, headings: &[String]) -> Meta {
    let said = Said::of(page);
    let linked = linked::read(page);
    let title = title::of(page, &said, headings).or(linked.title);
    let paper = names(&said.all("citation_author")).or(linked.author);
    let author = paper.or_else(|| AUTHORS.iter().find_map(|name| names(&said.all(name)))).or_else(|| byline(page));
    let date = DATES.iter().find_map(|name| said.all(name).iter().find_map(|value| titles::date(value)));
    let date = date.or(linked.date).or_else(|| time(page));
    let language = language(page, &said);
    Meta { title, author, date, language, tags: tags(&said), ..Meta::default() }
}

/// The `<meta>` elements: names in lower case, and values.
pub struct Said(Vec<(String, String)>);

impl Said {
    fn of(page: &Document) -> Said {
        let mut all = Vec::new();
        for meta in page.select("meta[content]").nodes().iter().take(500) {
            let key = ["name", "property", "itemprop", "http-equiv"].iter().find_map(|name| meta.attr(name));
            let Some((key, content)) = key.zip(meta.attr("content")) else { continue };
            let content = collapsed(&content);
            if !content.is_empty() {
                let key = key.to_ascii_lowercase().replace("dcterms:", "dcterms.").replace("dc:", "dc.");
                all.push((key, content));
            }
        }
        Said(all)
    }

    /// What is said under a name.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).take(MANY).collect()
    }
}

/// Several names in one, and none that is an address, a place in the page's template or its maker.
fn names(values: &[&str]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for value in values {
        if let Some(name) = name(value).filter(|name| !names.contains(name)) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// A name as it is shown.
pub fn name(value: &str) -> Option<String> {
    let value = collapsed(value);
    let value = ["By ", "by ", "Written by ", "Author: ", "Von ", "Par "]
        .iter()
        .find_map(|by| value.strip_prefix(by))
        .unwrap_or(&value);
    let value = value.split('<').next().unwrap_or(value).trim().trim_matches([',', ';', '|']).trim();
    let is_name = !value.is_empty()
        && value.len() <= LONG
        && !value.contains("://")
        && !value.contains(['{', '}', '@'])
        && value.contains(char::is_alphabetic)
        && ![
            "admin",
            "administrator",
            "root",
            "user",
            "author",
            "unknown",
            "anonymous",
            "none",
            "null",
            "undefined",
            "webmaster",
            "owner",
            "default",
        ]
        .contains(&value.to_lowercase().as_str());
    is_name.then(|| titles::clean(value))
}

/// The name that the text itself gives, where it is marked as one.
fn byline(page: &Document) -> Option<String> {
    const MARKED: &str =
        "[rel~='author'], [itemprop~='author'], .byline, .author, .p-author, .post-author, .entry-author";
    let marked = page.select(MARKED);
    let outside =
        |node: &&NodeRef<'_>| !node.ancestors_it(Some(12)).any(|a| a.has_class("comment") || a.has_class("comments"));
    let node = marked.nodes().iter().take(8).find(outside)?;
    let name_of = ["[itemprop~='name']", ".fn", ".p-name", "a"].iter().find_map(|inner| {
        dom_query::Selection::from(*node).select(inner).nodes().first().map(|n| n.text().to_string())
    });
    let text = name_of.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| node.text().to_string());
    name(&text).filter(|name| name.split(' ').count() <= 6)
}

/// The day that a `<time>` of the page gives: the one of its publication, else the first that stands in no list of others.
fn time(page: &Document) -> Option<Date> {
    let published = [
        "time[itemprop='datePublished']",
        "[itemprop='datePublished']",
        "time[pubdate]",
        "time.dt-published",
        "time.entry-date",
        "time.published",
        "#revdate",
    ];
    let date = |node: &NodeRef<'_>| {
        let value = node.attr("datetime").or_else(|| node.attr("content"));
        titles::date(&value.map_or_else(|| collapsed(&node.text()), |value| value.trim().to_owned()))
    };
    let first = |selector: &str| page.select(selector).nodes().first().and_then(&date);
    published.iter().find_map(|selector| first(selector)).or_else(|| {
        let times = page.select("time");
        let times = times.nodes();
        // A page of many days is a list of other pages.
        (times.len() <= 4).then(|| times.first().and_then(&date)).flatten()
    })
}

/// `en-US`, from `en_US` too.
fn language(page: &Document, said: &Said) -> Option<String> {
    let root = page.select("html");
    let root = root.nodes().first();
    let body = page.body();
    let attributes = root.and_then(|html| html.attr("lang").or_else(|| html.attr("xml:lang")));
    let attributes = attributes.or_else(|| body.and_then(|body| body.attr("lang")));
    let value = attributes.map(|lang| lang.to_string()).or_else(|| {
        ["content-language", "dc.language", "dcterms.language", "og:locale"]
            .iter()
            .find_map(|name| said.one(name))
            .map(str::to_owned)
    })?;
    let value = value.split([',', ';']).next().unwrap_or_default().trim().replace('_', "-");
    let is_tag = (2..=12).contains(&value.len()) && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let (primary, rest) = value.split_once('-').map_or((value.as_str(), None), |(primary, rest)| (primary, Some(rest)));
    let primary = primary.to_ascii_lowercase();
    is_tag.then(|| rest.map_or(primary.clone(), |rest| format!("{primary}-{rest}")))
}

fn tags(said: &Said) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let written = said
        .all("article:tag")
        .into_iter()
        .chain(said.all("keywords").into_iter().flat_map(|list| list.split([',', ';'])));
    for tag in written.map(|tag| tag.trim().to_owned()) {
        if !tag.is_empty() && tag.len() <= 40 && !tags.contains(&tag) && tags.len() < MANY {
            tags.push(tag);
        }
    }
    tags
}
