//! Colours. A theme maps meanings to styles; how many colours the terminal has is settled once, when the theme is made.
//! Every meaning has a sign besides its colour (bold, underline, reverse), so that nothing depends on colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::{
    doc::{self, Token},
    layout::{Face, Hit},
    state::ThemeName,
};

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: `NO_COLOR` is set, or the terminal is dumb.
    None,
    /// The sixteen of the terminal's own palette.
    Sixteen,
    /// The cube of 256.
    Indexed,
    /// Any.
    True,
}

impl Depth {
    /// What the environment says: `NO_COLOR` (no-color.org), `COLORTERM`, `TERM`.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Depth {
        let term = variable("TERM").unwrap_or_default();
        let colorterm = variable("COLORTERM").unwrap_or_default();
        if variable("NO_COLOR").is_some_and(|v| !v.is_empty()) || term == "dumb" || term.starts_with("vt1") {
            Depth::None
        } else if colorterm.contains("truecolor") || colorterm.contains("24bit") || term.ends_with("-direct") {
            Depth::True
        } else if term.contains("256color") || term.contains("kitty") || term.contains("alacritty") {
            Depth::Indexed
        } else {
            Depth::Sixteen
        }
    }
}

/// Styles by meaning.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Running text.
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
    heading: Style,
    code: Style,
    link: Style,
    quote: Style,
    /// The colours of the words of programs, where there are colours.
    token: Option<fn(Token) -> Ink>,
    depth: Depth,
}

/// A colour in full and its nearest of sixteen; `None` there means the terminal's own.
type Ink = (u8, u8, u8, Option<Color>);

impl Theme {
    /// A theme for a terminal.
    pub fn new(name: ThemeName, depth: Depth) -> Theme {
        match (name, depth) {
            (ThemeName::Plain, _) | (_, Depth::None) => Theme::plain(depth),
            (ThemeName::Terminal, _) => Theme::dark(Depth::Sixteen),
            (ThemeName::Dark, _) => Theme::dark(depth),
            (ThemeName::Light, _) => Theme::light(depth),
        }
    }

    fn dark(depth: Depth) -> Theme {
        let ink = |ink| foreground(ink, depth);
        Theme {
            dim: ink((138, 143, 152, Some(Color::DarkGray))),
            accent: ink((240, 184, 108, Some(Color::Yellow))),
            selected: selection((52, 58, 70), (38, 42, 51), depth),
            hit: hits((90, 72, 24), (240, 184, 108), (255, 224, 170), (20, 20, 20), depth),
            failure: ink((240, 120, 110, Some(Color::LightRed))).add_modifier(Modifier::BOLD),
            heading: ink((240, 184, 108, Some(Color::Yellow))).add_modifier(Modifier::BOLD),
            code: ink((158, 206, 170, Some(Color::Green))),
            link: ink((130, 180, 240, Some(Color::LightBlue))).add_modifier(Modifier::UNDERLINED),
            quote: ink((180, 186, 196, None)),
            token: Some(on_dark),
            text: Style::new(),
            depth,
        }
    }

    fn light(depth: Depth) -> Theme {
        let ink = |ink| foreground(ink, depth);
        Theme {
            dim: ink((110, 112, 118, Some(Color::DarkGray))),
            accent: ink((150, 80, 10, Some(Color::Magenta))),
            selected: selection((222, 226, 234), (236, 238, 243), depth),
            hit: hits((255, 236, 170), (240, 170, 60), (60, 40, 0), (20, 10, 0), depth),
            failure: ink((180, 30, 30, Some(Color::Red))).add_modifier(Modifier::BOLD),
            heading: ink((150, 80, 10, Some(Color::Magenta))).add_modifier(Modifier::BOLD),
            code: ink((20, 100, 60, Some(Color::Green))),
            link: ink((20, 80, 170, Some(Color::Blue))).add_modifier(Modifier::UNDERLINED),
            quote: ink((80, 84, 92, None)),
            token: Some(on_light),
            text: Style::new(),
            depth,
        }
    }

    fn plain(depth: Depth) -> Theme {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let reversed = plain.add_modifier(Modifier::REVERSED);
        Theme {
            text: plain,
            dim: plain.add_modifier(Modifier::DIM),
            accent: bold,
            selected: (reversed, bold),
            hit: (reversed, reversed.add_modifier(Modifier::BOLD | Modifier::UNDERLINED)),
            failure: reversed,
            heading: bold,
            code: plain,
            link: plain.add_modifier(Modifier::UNDERLINED),
            quote: plain,
            token: None,
            depth: depth.min(Depth::None),
        }
    }

    /// How a run of text looks.
    pub fn face(&self, face: &Face) -> Style {
        let mut style = self.text;
        if face.decoration || face.dim {
            style = style.patch(self.dim);
        }
        if face.quote {
            style = style.patch(self.quote);
        }
        if face.heading > 0 {
            style = style.patch(self.heading);
        }
        if face.heading == 1 {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        if face.code {
            style = style.patch(self.code);
        }
        if let Some(token) = face.token {
            style = style.patch(self.token(token));
        }
        if face.link.is_some() || face.footnote.is_some() {
            style = style.patch(self.link);
        }
        if let Some(color) = face.foreground {
            style = self.colored(style, color, Style::fg);
        }
        if let Some(color) = face.background {
            style = self.colored(style, color, Style::bg);
        }
        let modifiers = [
            (face.strong, Modifier::BOLD),
            (face.emphasis, Modifier::ITALIC),
            (face.underline, Modifier::UNDERLINED),
            (face.strike, Modifier::CROSSED_OUT),
            (face.reversed, Modifier::REVERSED),
        ];
        style = modifiers.into_iter().filter(|(on, _)| *on).fold(style, |style, (_, m)| style.add_modifier(m));
        style = match face.hit {
            Hit::None => style,
            Hit::Hit => style.patch(self.hit.0),
            Hit::Current => style.patch(self.hit.1),
        };
        match face.selected {
            // What is reversed already must still be told apart.
            true if style.add_modifier.contains(Modifier::REVERSED) => style.add_modifier(Modifier::UNDERLINED),
            true => style.add_modifier(Modifier::REVERSED),
            false => style,
        }
    }

    /// How a word of a program looks. Comments are faint and keywords bold where there are no colours.
    fn token(&self, token: Token) -> Style {
        match (self.token, token) {
            (Some(ink), token) => foreground(ink(token), self.depth),
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
            (doc::Color::Rgb(r, g, b), Depth::Indexed) => set(style, Color::Indexed(cube(r, g, b))),
            (doc::Color::Rgb(..), Depth::Sixteen) => style,
        }
    }
}

/// The words of programs on a dark ground.
fn on_dark(token: Token) -> Ink {
    match token {
        Token::Keyword => (198, 146, 234, Some(Color::Magenta)),
        Token::String | Token::Added => (158, 206, 106, Some(Color::Green)),
        Token::Number | Token::Constant => (224, 150, 110, Some(Color::LightRed)),
        Token::Comment => (138, 143, 152, Some(Color::DarkGray)),
        Token::Function => (122, 176, 246, Some(Color::LightBlue)),
        Token::Type => (110, 205, 210, Some(Color::Cyan)),
        Token::Attribute => (226, 192, 116, Some(Color::Yellow)),
        Token::Heading => (240, 184, 108, Some(Color::Yellow)),
        Token::Removed => (240, 120, 110, Some(Color::LightRed)),
    }
}

/// The same on a light one.
fn on_light(token: Token) -> Ink {
    match token {
        Token::Keyword => (120, 50, 160, Some(Color::Magenta)),
        Token::String | Token::Added => (50, 105, 20, Some(Color::Green)),
        Token::Number | Token::Constant => (165, 60, 20, Some(Color::Red)),
        Token::Comment => (110, 112, 118, Some(Color::DarkGray)),
        Token::Function => (20, 80, 170, Some(Color::Blue)),
        Token::Type => (10, 105, 120, Some(Color::Cyan)),
        Token::Attribute => (130, 85, 0, Some(Color::Magenta)),
        Token::Heading => (150, 80, 10, Some(Color::Magenta)),
        Token::Removed => (180, 30, 30, Some(Color::Red)),
    }
}

fn foreground((r, g, b, sixteen): Ink, depth: Depth) -> Style {
    match depth {
        Depth::True => Style::new().fg(Color::Rgb(r, g, b)),
        Depth::Indexed => Style::new().fg(Color::Indexed(cube(r, g, b))),
        Depth::Sixteen => sixteen.map_or(Style::new(), |c| Style::new().fg(c)),
        Depth::None => Style::new(),
    }
}

fn background((r, g, b): (u8, u8, u8), depth: Depth) -> Style {
    match depth {
        Depth::True => Style::new().bg(Color::Rgb(r, g, b)),
        Depth::Indexed => Style::new().bg(Color::Indexed(cube(r, g, b))),
        Depth::Sixteen | Depth::None => Style::new().add_modifier(Modifier::REVERSED),
    }
}

/// The selected row, with the focus and without. Sixteen colours have no quiet background: there the row is reversed, or
/// bold.
fn selection(focused: (u8, u8, u8), other: (u8, u8, u8), depth: Depth) -> (Style, Style) {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    match depth {
        Depth::True | Depth::Indexed => (background(focused, depth).patch(bold), background(other, depth)),
        Depth::Sixteen | Depth::None => (background(focused, depth), bold),
    }
}

/// Hits are underlined besides their colour, on a ground of their own: a heading is bold and underlined as well.
fn hits(
    any: (u8, u8, u8),
    current: (u8, u8, u8),
    any_ink: (u8, u8, u8),
    current_ink: (u8, u8, u8),
    depth: Depth,
) -> (Style, Style) {
    let underlined = Style::new().add_modifier(Modifier::UNDERLINED | Modifier::BOLD);
    let ink = |(r, g, b): (u8, u8, u8)| foreground((r, g, b, None), depth);
    match depth {
        Depth::True | Depth::Indexed => (
            underlined.patch(background(any, depth)).patch(ink(any_ink)),
            underlined.patch(background(current, depth)).patch(ink(current_ink)),
        ),
        Depth::Sixteen | Depth::None => {
            let black = Style::new().fg(Color::Black).add_modifier(Modifier::UNDERLINED);
            (black.bg(Color::Yellow), black.bg(Color::Cyan).add_modifier(Modifier::BOLD))
        }
    }
}

/// The nearest colour of xterm's 6x6x6 cube or its grey ramp.
fn cube(r: u8, g: u8, b: u8) -> u8 {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let nearest =
        |v: u8| (0u8..6).min_by_key(|i| LEVELS.get(usize::from(*i)).map_or(255, |l| l.abs_diff(v))).unwrap_or(0);
    let level = |i: u8| LEVELS.get(usize::from(i)).copied().unwrap_or(255);
    let distance = |x: u8, y: u8, z: u8| {
        [(x, r), (y, g), (z, b)].iter().map(|(p, q)| u32::from(p.abs_diff(*q)).pow(2)).sum::<u32>()
    };
    let (ri, gi, bi) = (nearest(r), nearest(g), nearest(b));
    let grey = (0u8..24).min_by_key(|i| distance(8 + 10 * i, 8 + 10 * i, 8 + 10 * i)).unwrap_or(0);
    let grey_level = 8 + 10 * grey;
    if distance(grey_level, grey_level, grey_level) < distance(level(ri), level(gi), level(bi)) {
        232 + grey
    } else {
        16 + 36 * ri + 6 * gi + bi
    }
}
