//! Colours. A theme maps meanings to styles; how many colours the terminal has is settled once, when the theme is made.
//! Every meaning has a sign besides its colour (bold, underline, reverse), so that nothing depends on colour alone; where
//! a [`Palette`] or the terminal has no colour, the sign takes its place.

mod depth;
mod ink;
mod palette;

use ratatui::style::{Color, Modifier, Style};

use crate::{
    doc::{self, Token},
    layout::{Face, Hit},
};
pub use depth::Depth;
use depth::cube;
pub use ink::{Ink, SIXTEEN};
pub use palette::{Described, PARTS, Palette, Part};

/// Styles by meaning.
#[derive(Clone, Debug)]
pub struct Theme {
    /// What everything stands on, and the letters there.
    pub page: Style,
    /// Running text: as the page has it.
    pub text: Style,
    /// What may be overlooked.
    pub dim: Style,
    /// What is meant to be seen: keys, the cursor, the focus.
    pub accent: Style,
    /// The selected row while the list has the focus, and while it has not.
    pub selected: (Style, Style),
    /// A hit, and the hit that `n` counts from.
    pub hit: (Style, Style),
    /// Something failed.
    pub failure: Style,
    prose: Prose,
    /// The colours of the words of programs.
    palette: Palette,
    depth: Depth,
}

/// Styles of what a text is made of.
#[derive(Clone, Debug)]
struct Prose {
    heading: Style,
    code: Style,
    link: Style,
    quote: Style,
}

impl Theme {
    /// A theme for a terminal.
    pub fn new(palette: &Palette, depth: Depth) -> Theme {
        let color = |part| palette.get(part).at(depth);
        let ink = |part, sign: Modifier| match color(part) {
            Some(color) => Style::new().fg(color),
            None => Style::new().add_modifier(sign),
        };
        let always = |part, sign| ink(part, sign).add_modifier(sign);
        let none = Modifier::empty();
        let page = Style { fg: color(Part::Text), bg: color(Part::Ground), ..Style::new() };
        Theme {
            page,
            text: Style::new(),
            dim: ink(Part::Dim, Modifier::DIM),
            accent: ink(Part::Accent, Modifier::BOLD),
            selected: (
                bar(color(Part::Selected), Modifier::BOLD, Modifier::REVERSED),
                bar(color(Part::SelectedAside), none, Modifier::BOLD),
            ),
            hit: (
                hit(color(Part::Hit), color(Part::HitText), Modifier::empty()),
                hit(color(Part::CurrentHit), color(Part::CurrentHitText), Modifier::BOLD),
            ),
            failure: match color(Part::Failure) {
                Some(color) => Style::new().fg(color).add_modifier(Modifier::BOLD),
                None => Style::new().add_modifier(Modifier::REVERSED),
            },
            prose: Prose {
                heading: always(Part::Heading, Modifier::BOLD),
                code: ink(Part::Code, none),
                link: always(Part::Link, Modifier::UNDERLINED),
                quote: ink(Part::Quote, none),
            },
            palette: palette.clone(),
            depth,
        }
    }

    /// A colour of an image, as the terminal can show it.
    pub(super) fn shade(&self, color: Color) -> Color {
        match color {
            Color::Rgb(r, g, b) if self.depth < Depth::True => cube((r, g, b)),
            color => color,
        }
    }

    /// How a run of text looks.
    pub fn face(&self, face: &Face) -> Style {
        let mut style = self.text;
        if face.decoration || face.given.dim {
            style = style.patch(self.dim);
        }
        if face.quote {
            style = style.patch(self.prose.quote);
        }
        if face.heading > 0 {
            style = style.patch(self.prose.heading);
        }
        if face.heading == 1 {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        if face.code {
            style = style.patch(self.prose.code);
        }
        if let Some(token) = face.token {
            style = style.patch(self.token(token));
        }
        if face.leads.is_some() {
            style = style.patch(self.prose.link);
        }
        if let Some(color) = face.given.foreground {
            style = self.colored(style, color, Style::fg);
        }
        if let Some(color) = face.given.background {
            style = self.colored(style, color, Style::bg);
        }
        let modifiers = [
            (face.strong, Modifier::BOLD),
            (face.emphasis, Modifier::ITALIC),
            (face.underline, Modifier::UNDERLINED),
            (face.strike, Modifier::CROSSED_OUT),
            (face.given.reversed, Modifier::REVERSED),
        ];
        style = modifiers.into_iter().filter(|(on, _)| *on).fold(style, |style, (_, m)| style.add_modifier(m));
        style = match face.lit.hit {
            Hit::None => style,
            Hit::Hit => style.patch(self.hit.0),
            Hit::Current => style.patch(self.hit.1),
        };
        match face.lit.selected {
            // What is reversed already must still be told apart.
            true if style.add_modifier.contains(Modifier::REVERSED) => style.add_modifier(Modifier::UNDERLINED),
            true => style.add_modifier(Modifier::REVERSED),
            false => style,
        }
    }

    /// How a word of a program looks. Comments are faint and keywords bold where they have no colour.
    fn token(&self, token: Token) -> Style {
        match (self.palette.get(token.into()).at(self.depth), token) {
            (Some(color), _) => Style::new().fg(color),
            (None, Token::Comment) => self.dim,
            (None, Token::Keyword | Token::Heading) => Style::new().add_modifier(Modifier::BOLD),
            (None, _) => Style::new(),
        }
    }

    /// A colour that a document brought along, as far as the terminal has it.
    fn colored(&self, style: Style, color: doc::Color, set: fn(Style, Color) -> Style) -> Style {
        match (color, self.depth) {
            (_, Depth::None) => style,
            (doc::Color::Indexed(i), Depth::Sixteen) if i > 15 => style,
            (doc::Color::Indexed(i), _) => set(style, Color::Indexed(i)),
            (doc::Color::Rgb(r, g, b), Depth::True) => set(style, Color::Rgb(r, g, b)),
            (doc::Color::Rgb(r, g, b), Depth::Indexed) => set(style, cube((r, g, b))),
            (doc::Color::Rgb(..), Depth::Sixteen) => style,
        }
    }
}

/// What a row stands on, with a sign besides, or the sign that does without a colour.
fn bar(ground: Option<Color>, besides: Modifier, instead: Modifier) -> Style {
    match ground {
        Some(color) => Style::new().bg(color).add_modifier(besides),
        None => Style::new().add_modifier(instead),
    }
}

/// Hits are underlined besides their colour, on a ground of their own: a heading is bold and underlined as well. On a
/// named ground only the current hit is bold: many terminals make grey of bold black.
fn hit(ground: Option<Color>, letters: Option<Color>, weight: Modifier) -> Style {
    match ground {
        None if weight.is_empty() => Style::new().add_modifier(Modifier::REVERSED),
        None => Style::new().add_modifier(Modifier::REVERSED | Modifier::UNDERLINED | weight),
        Some(color) => {
            let weight = if matches!(color, Color::Rgb(..) | Color::Indexed(_)) { Modifier::BOLD } else { weight };
            Style { fg: letters, ..Style::new().bg(color).add_modifier(Modifier::UNDERLINED | weight) }
        }
    }
}
