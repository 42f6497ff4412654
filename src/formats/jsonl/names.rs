//! What programs call the fields of a row: names without signs and case; of two the earlier is the better one.

/// Of texts.
pub const TEXT: &[&str] = &[
    "content",
    "body",
    "text",
    "markdown",
    "html",
    "articlebody",
    "fulltext",
    "maintext",
    "contenthtml",
    "contentmarkdown",
    "contentmd",
    "contenttext",
    "bodyhtml",
    "bodymarkdown",
    "bodymd",
    "bodytext",
    "pagecontent",
    "rawcontent",
    "rawtext",
    "plaintext",
    "textcontent",
    "selftexthtml",
    "selftext",
    "article",
    "document",
    "story",
    "post",
    "message",
    "msg",
    "transcript",
    "lyrics",
    "reviewtext",
    "reviewbody",
    "review",
    "comment",
    "note",
    "notes",
    "contents",
    "passage",
    "paragraphs",
    "paragraph",
    "sentences",
    "caption",
    "tweet",
    "raw",
    "abstract",
    "summary",
    "description",
    "excerpt",
    "highlights",
    "details",
    "data",
];
/// Of titles.
pub const TITLE: &[&str] = &[
    "title",
    "headline",
    "subject",
    "pagetitle",
    "articletitle",
    "documenttitle",
    "doctitle",
    "heading",
    "header",
    "fulltitle",
    "displaytitle",
    "name",
    "displayname",
    "label",
    "topic",
];
/// Of those who wrote it.
pub const AUTHOR: &[&str] = &[
    "author",
    "authors",
    "byline",
    "creator",
    "creators",
    "writer",
    "authorname",
    "by",
    "username",
    "user",
    "screenname",
    "from",
    "sender",
    "fromname",
    "postedby",
    "reviewer",
    "reviewername",
    "speaker",
    "artist",
    "contributors",
    "owner",
];
/// Of dates.
pub const DATE: &[&str] = &[
    "date",
    "published",
    "publishedat",
    "publisheddate",
    "publishdate",
    "datepublished",
    "publicationdate",
    "pubdate",
    "publicationtime",
    "publishtime",
    "publishedon",
    "publishedtime",
    "issued",
    "posted",
    "postedat",
    "postdate",
    "createdutc",
    "createdat",
    "created",
    "creationdate",
    "createdate",
    "createtime",
    "datecreated",
    "createdtime",
    "createddate",
    "sentat",
    "sent",
    "datetime",
    "timestamp",
    "time",
    "ts",
    "reviewtime",
    "unixreviewtime",
    "updatedate",
    "updatedat",
    "updated",
    "modified",
    "modifiedat",
    "lastmodified",
    "datemodified",
    "crawldate",
    "retrieveddate",
    "released",
    "releasedate",
    "year",
];
/// Of languages.
pub const LANGUAGE: &[&str] = &["lang", "language", "languagecode", "inlanguage", "locale", "langcode"];
/// Of tags.
pub const TAGS: &[&str] =
    &["tags", "keywords", "categories", "topics", "subjects", "hashtags", "labels", "category", "tag", "section"];
/// Of what tells rows apart.
pub const ID: &[&str] =
    &["id", "_id", "uuid", "docid", "guid", "pageid", "documentid", "articleid", "postid", "messageid"];

/// Fields of questions and answers: none of them is the text, and all of them are shown, in their order.
const PARTS: &[&str] = &[
    "question",
    "questions",
    "answer",
    "answers",
    "prompt",
    "completion",
    "response",
    "instruction",
    "instructions",
    "input",
    "output",
    "context",
    "problem",
    "solution",
    "premise",
    "hypothesis",
    "query",
    "chosen",
    "rejected",
    "hint",
    "rationale",
    "explanation",
    "system",
    "systemprompt",
    "target",
    "source",
    "translation",
    "reasoning",
    "thinking",
    "documentation",
    "docstring",
    "code",
    "subtitle",
    "quote",
];

/// The last parts of names that say only how the value is written: `title.rendered`, `author.name`.
const WRITTEN: &[&str] = &[
    "rendered",
    "value",
    "raw",
    "plain",
    "text",
    "t",
    "html",
    "markdown",
    "name",
    "login",
    "username",
    "screenname",
    "displayname",
    "fullname",
];

/// Objects whose fields are as good as those of the row.
const WRAPPERS: &[&str] = &[
    "source",
    "data",
    "fields",
    "attributes",
    "article",
    "post",
    "doc",
    "document",
    "node",
    "item",
    "record",
    "meta",
    "metadata",
    "properties",
    "content",
    "body",
];

/// Names that mean the same in any object.
const EVERYWHERE: &[&str] = &["title", "headline", "content", "body", "text", "html", "markdown", "fulltext"];

/// Whether a field is one of question and answer.
pub fn is_part(name: &str) -> bool {
    !name.contains('.') && PARTS.contains(&bare(name).as_str())
}

/// A name without signs, in lower case.
pub fn bare(name: &str) -> String {
    let bare: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    bare.to_lowercase()
}

/// How well a name fits, less being better: fields of the row before those of an object in it.
pub fn rank(path: &str, names: &[&str]) -> Option<usize> {
    let find = |name: &str| names.iter().position(|known| *known == name || *known == bare(name));
    let Some((object, name)) = path.split_once('.') else {
        return find(path).or_else(|| {
            // `title_en`, `body_de`: the language stands behind.
            let (name, language) = path.rsplit_once(['_', '-'])?;
            (language.len() == 2).then(|| find(name)).flatten().map(|at| at + names.len())
        });
    };
    let inner = if WRITTEN.contains(&bare(name).as_str()) { find(object) } else { None };
    let wrapped = WRAPPERS.contains(&bare(object).as_str());
    let anywhere = EVERYWHERE.contains(&bare(name).as_str());
    let outer = find(name).filter(|_| wrapped || anywhere);
    inner.or_else(|| outer.map(|at| at + if wrapped { 2 } else { 4 } * names.len()))
}
