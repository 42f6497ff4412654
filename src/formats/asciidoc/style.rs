//! What the lines above a block say about it: `[source,rust]`, `[#id.role%header,cols="1,2"]`, `.Title`.

/// Attributes of the next block.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// Values without a name; the first is the style.
    pub positional: Vec<String>,
    named: Vec<(String, String)>,
    options: Vec<String>,
    /// The names that links may use.
    pub ids: Vec<String>,
    /// The title, as written.
    pub title: Option<String>,
}

impl Style {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.positional.is_empty() && self.named.is_empty() && self.options.is_empty() && self.title.is_none()
    }

    /// The first value without a name.
    pub fn name(&self) -> &str {
        self.at(0)
    }

    /// A value without a name, by its place.
    pub fn at(&self, place: usize) -> &str {
        self.positional.get(place).map_or("", String::as_str)
    }

    /// A value by its name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.named.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether an option is set: `%header`, `options="header"`.
    pub fn has(&self, option: &str) -> bool {
        self.options.iter().any(|o| o == option)
    }

    /// Takes in a line in brackets, without them.
    pub fn add(&mut self, list: &str) {
        let (positional, named) = parse(list);
        for (place, value) in positional.into_iter().enumerate() {
            let value = if place == 0 { self.shorthand(&value) } else { value };
            if self.positional.len() <= place {
                self.positional.resize(place + 1, String::new());
            }
            if let Some(slot) = self.positional.get_mut(place).filter(|_| !value.is_empty()) {
                *slot = value;
            }
        }
        for (key, value) in named {
            match key.as_str() {
                "id" => self.ids.push(value),
                "title" => self.title = Some(value),
                "options" | "opts" => self.options.extend(value.split(',').map(|o| o.trim().to_owned())),
                _ => self.named.push((key, value)),
            }
        }
    }

    /// `style#id.role%option`: what is left is the style.
    fn shorthand(&mut self, value: &str) -> String {
        let mut parts: Vec<(char, String)> = vec![(' ', String::new())];
        for c in value.chars() {
            match (c, parts.last_mut()) {
                ('#' | '.' | '%', _) => parts.push((c, String::new())),
                (c, Some((_, part))) => part.push(c),
                _ => {}
            }
        }
        let mut style = String::new();
        for (sign, part) in parts {
            match sign {
                '#' if !part.is_empty() => self.ids.push(part),
                '%' => self.options.push(part),
                ' ' => style = part,
                _ => {}
            }
        }
        style
    }
}

/// A list of attributes, as values without names and with them.
pub fn parse(list: &str) -> (Vec<String>, Vec<(String, String)>) {
    let (mut positional, mut named) = (Vec::new(), Vec::new());
    for part in split(list) {
        let part = part.trim();
        let is_name =
            |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        match part.split_once('=').map(|(name, value)| (name.trim_end(), value)).filter(|(name, _)| is_name(name)) {
            Some((name, value)) => named.push((name.to_lowercase(), unquoted(value.trim()))),
            None => positional.push(unquoted(part)),
        }
    }
    (positional, named)
}

fn unquoted(value: &str) -> String {
    let inner = |quote: char| value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(value).to_owned()
}

/// At commas that stand in no quotes.
fn split(list: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    for c in list.chars() {
        let fresh = parts
            .last()
            .is_some_and(|part| part.is_empty() || part.trim_end().ends_with(['=', ' ']) || part.trim().is_empty());
        match c {
            ',' if quote.is_none() => {
                parts.push(String::new());
                continue;
            }
            '"' | '\'' if quote == Some(c) => quote = None,
            '"' | '\'' if quote.is_none() && fresh => quote = Some(c),
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}
