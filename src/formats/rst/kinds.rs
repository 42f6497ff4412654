//! What is known of directives by their names.

/// Directives that show nothing here.
const HIDDEN: &str = "contents|index|currentmodule|module|py:module|py:currentmodule|c:namespace|c:namespace-push|c:namespace-pop|cpp:namespace|default-role|role|sectnum|section-numbering|tabularcolumns|default-domain|meta|title|header|footer|target-notes|restructuredtext-test-directive|program|testsetup|testcleanup|autosummary-hidden|js:module|raw|ifconfig-hidden|moduleauthor|codeauthor|unicode|date|replace|tags";

/// Whether a directive shows nothing here.
pub fn is_hidden(name: &str) -> bool {
    HIDDEN.split('|').any(|hidden| hidden == name)
}

/// Whether a directive's argument describes something of a program, a line each.
pub fn signature(name: &str) -> bool {
    let last = name.rsplit(':').next().unwrap_or(name);
    matches!(
        last,
        "function"
            | "method"
            | "class"
            | "attribute"
            | "data"
            | "exception"
            | "decorator"
            | "decoratormethod"
            | "property"
            | "classmethod"
            | "staticmethod"
            | "abstractmethod"
            | "option"
            | "envvar"
            | "cmdoption"
            | "opcode"
            | "describe"
            | "object"
            | "confval"
            | "type"
            | "macro"
            | "member"
            | "var"
            | "struct"
            | "union"
            | "enum"
            | "enumerator"
            | "coroutinefunction"
            | "coroutinemethod"
            | "awaitablefunction"
            | "awaitablemethod"
            | "2to3fixer"
            | "directive"
            | "role"
            | "cfunction"
            | "ctype"
            | "cmacro"
            | "cvar"
            | "cmember"
            | "pdbcommand"
            | "audit-event"
            | "setting"
            | "templatetag"
            | "templatefilter"
            | "django-admin"
            | "alias"
            | "concept"
            | "autofunction"
            | "autoclass"
            | "automodule"
            | "automethod"
            | "autodata"
            | "autoexception"
            | "autoattribute"
    )
}

/// Whether what stands behind the name of a directive is a title or a name that may go on in the next line, and no text.
pub fn takes_argument(name: &str) -> bool {
    matches!(
        name,
        "image"
            | "figure"
            | "admonition"
            | "topic"
            | "sidebar"
            | "list-table"
            | "csv-table"
            | "table"
            | "rubric"
            | "versionadded"
            | "versionchanged"
            | "deprecated"
            | "deprecated-removed"
    )
}

/// The language of a block of code, by the name that Pygments has for it.
pub fn language(name: &str) -> Option<String> {
    let name = name.trim();
    (!name.is_empty() && !matches!(name, "none" | "text" | "default" | "guess")).then(|| match name {
        "python3" | "pycon" | "pycon3" | "py" | "ipython" | "ipython3" => "python".to_owned(),
        "sh" | "shell" | "console" | "shell-session" => "bash".to_owned(),
        name => name.to_owned(),
    })
}

/// A word with a capital.
pub fn capitalized(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
