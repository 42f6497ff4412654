//! What a page draws, as far as it is text: the content stream is walked, and every glyph is handed to the [`Pen`] with its
//! place, its size and its letters. Paths, images, colours and clips are passed over, so that no image is ever decoded.
//!
//! The operators are those of ISO 32000-1, sections 8 and 9. Work is bounded by [`bounds::OPERATORS`] a page and by the depth
//! of forms within forms; a page that reaches a bound keeps what was read.

use std::{rc::Rc, sync::Arc};

use hayro_font::{
    FontCache, FontQuery,
    kurbo::{Affine, Point},
};
use hayro_syntax::{
    content::{TypedIter, ops::TypedInstruction},
    object::{Array, Dict, Name, Number, Object, Rect, Stream, String as PdfString, dict_or_stream},
    page::{Page, Resources},
    xref::XRef,
};

use super::{
    face::Face,
    layers::Layers,
    pen::{Glyph, Pen},
};
use crate::formats::bounds;

/// Forms within forms, as deep as they are followed.
const FORMS: usize = 16;

/// What drawing a form costs, in operators: it is unpacked each time.
const FORM: usize = 200;

/// States that are saved at the same time.
const STATES: usize = 512;

/// Letters that a marked part of the content may stand for: a ligature, a hyphenated word. What is longer tells of a picture
/// or of a whole paragraph, whose glyphs have their places.
const ACTUAL: usize = 48;

/// Reads the pages of one file; its fonts are loaded once.
pub struct Reader<'a> {
    xref: &'a XRef,
    cache: FontCache<'a>,
    faces: Vec<(Dict<'a>, Rc<Face<'a>>)>,
    fallback: Option<Rc<Face<'a>>>,
    layers: Layers,
}

/// The graphics state, as far as text depends on it.
#[derive(Clone)]
struct State<'a> {
    place: Affine,
    face: Option<Rc<Face<'a>>>,
    size: f64,
    between_glyphs: f64,
    between_words: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// A walk over the content of one page.
struct Walk<'a, 'p> {
    pen: &'p mut Pen,
    state: State<'a>,
    saved: Vec<State<'a>>,
    text: Affine,
    line: Affine,
    marks: Vec<Mark>,
    left: usize,
    depth: usize,
}

/// A part of the content that is marked.
struct Mark {
    /// It belongs to a layer that is off.
    hidden: bool,
    /// It is a running head, a page number or the like.
    artifact: bool,
    /// The text that its glyphs stand for; `None` once it was written, and then they are silent.
    actual: Option<Option<String>>,
}

impl<'a> Reader<'a> {
    /// Nothing is read yet.
    pub fn new(xref: &'a XRef) -> Reader<'a> {
        let catalog = xref.get::<Dict<'_>>(xref.root_id()).unwrap_or_default();
        Reader { xref, cache: FontCache::new(), faces: Vec::new(), fallback: None, layers: Layers::of(&catalog) }
    }

    /// Hands the glyphs of a page to the pen. Whether all were read.
    pub fn read(&mut self, page: &Page<'a>, pen: &mut Pen) -> bool {
        let place = Affine::new(page.initial_transform(true).as_coeffs());
        let mut walk = Walk {
            pen,
            state: State::new(place),
            saved: Vec::new(),
            text: Affine::IDENTITY,
            line: Affine::IDENTITY,
            marks: Vec::new(),
            left: bounds::OPERATORS,
            depth: 0,
        };
        self.walk(page.typed_operations(), page.resources(), &mut walk);
        for note in page.raw().get::<Array<'_>>("Annots").iter().flat_map(Array::iter::<Dict<'_>>) {
            walk.state = State::new(place);
            walk.saved.clear();
            walk.marks.clear();
            self.annotation(&note, page.resources(), &mut walk);
        }
        walk.left > 0
    }

    /// What a form's field or a note on the page shows.
    fn annotation(&mut self, note: &Dict<'a>, resources: &Resources<'a>, walk: &mut Walk<'a, '_>) -> Option<()> {
        const HIDDEN: u32 = 1 << 1 | 1 << 5;
        let kind = note.get::<Name<'_>>("Subtype")?;
        let shown = matches!(kind.as_ref(), b"Widget" | b"FreeText" | b"Stamp");
        if !shown || note.get::<u32>("F").unwrap_or(0) & HIDDEN != 0 {
            return None;
        }
        let form = match note.get::<Dict<'_>>("AP")?.get::<Object<'_>>("N")? {
            Object::Stream(form) => form,
            Object::Dict(states) => states.get::<Stream<'_>>(note.get::<Name<'_>>("AS")?)?,
            _ => return None,
        };
        // The box of the form, transformed by its matrix, is brought to the rectangle of the annotation (12.5.5).
        let rect = note.get::<Rect>("Rect")?;
        let (width, height) = (rect.width(), rect.height());
        let seen = form.dict().get::<Rect>("BBox")?;
        let matrix = matrix(form.dict());
        let corners = [(seen.x0, seen.y0), (seen.x1, seen.y0), (seen.x0, seen.y1), (seen.x1, seen.y1)];
        let corners = corners.map(|corner| matrix * Point::from(corner));
        let low = corners.iter().fold(Point::new(f64::MAX, f64::MAX), |l, c| Point::new(l.x.min(c.x), l.y.min(c.y)));
        let high = corners.iter().fold(Point::new(f64::MIN, f64::MIN), |h, c| Point::new(h.x.max(c.x), h.y.max(c.y)));
        let scale = (width / (high.x - low.x).max(1e-6), height / (high.y - low.y).max(1e-6));
        walk.state.place *= Affine::translate((rect.x0, rect.y0))
            * Affine::scale_non_uniform(scale.0, scale.1)
            * Affine::translate((-low.x, -low.y));
        self.form(&form, resources, walk);
        Some(())
    }

    fn form(&mut self, form: &Stream<'a>, resources: &Resources<'a>, walk: &mut Walk<'a, '_>) -> Option<()> {
        if walk.depth >= FORMS || walk.hidden() || self.layers.hides_object(form.dict()) {
            return None;
        }
        let decoded = form.decoded_data().ok()?;
        walk.left = walk.left.saturating_sub(FORM + decoded.len() / 16);
        let own = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let before = walk.state.clone();
        let (text, line) = (walk.text, walk.line);
        let saved = std::mem::take(&mut walk.saved);
        walk.state.place *= matrix(form.dict());
        walk.depth += 1;
        self.walk(TypedIter::new(decoded.as_ref()), own.as_ref().unwrap_or(resources), walk);
        walk.depth -= 1;
        walk.state = before;
        walk.saved = saved;
        (walk.text, walk.line) = (text, line);
        Some(())
    }

    fn walk(&mut self, mut content: TypedIter<'_>, resources: &Resources<'a>, walk: &mut Walk<'a, '_>) {
        use TypedInstruction as Op;
        let marks = walk.marks.len();
        while let Some(operator) = content.next() {
            let Some(left) = walk.left.checked_sub(1) else { break };
            walk.left = left;
            match operator {
                Op::SaveState(_) if walk.saved.len() < STATES => walk.saved.push(walk.state.clone()),
                Op::RestoreState(_) => {
                    if let Some(state) = walk.saved.pop() {
                        walk.state = state;
                    }
                }
                Op::Transform(m) => walk.state.place *= affine([m.0, m.1, m.2, m.3, m.4, m.5]),
                Op::BeginText(_) => (walk.text, walk.line) = (Affine::IDENTITY, Affine::IDENTITY),
                Op::TextFont(font) => {
                    walk.state.size = font.1.as_f64();
                    walk.state.face = self.face(font.0, resources);
                }
                Op::SetGraphicsState(name) => self.graphics_state(name.0, resources, &mut walk.state),
                Op::CharacterSpacing(space) => walk.state.between_glyphs = space.0.as_f64(),
                Op::WordSpacing(space) => walk.state.between_words = space.0.as_f64(),
                Op::HorizontalScaling(scale) => walk.state.stretch = scale.0.as_f64() / 100.0,
                Op::TextLeading(leading) => walk.state.leading = leading.0.as_f64(),
                Op::TextRise(rise) => walk.state.rise = rise.0.as_f64(),
                Op::NextLine(by) => walk.next_line(by.0.as_f64(), by.1.as_f64()),
                Op::NextLineAndSetLeading(by) => {
                    walk.state.leading = -by.1.as_f64();
                    walk.next_line(by.0.as_f64(), by.1.as_f64());
                }
                Op::NextLineUsingLeading(_) => walk.next_line(0.0, -walk.state.leading),
                Op::SetTextMatrix(m) => {
                    walk.line = affine([m.0, m.1, m.2, m.3, m.4, m.5]);
                    walk.text = walk.line;
                }
                Op::ShowText(text) => self.show(text.0, walk),
                Op::NextLineAndShowText(text) => {
                    walk.next_line(0.0, -walk.state.leading);
                    self.show(text.0, walk);
                }
                Op::ShowTextWithParameters(text) => {
                    walk.state.between_words = text.0.as_f64();
                    walk.state.between_glyphs = text.1.as_f64();
                    walk.next_line(0.0, -walk.state.leading);
                    self.show(text.2, walk);
                }
                Op::ShowTexts(texts) => self.show_all(texts.0, walk),
                Op::XObject(name) => {
                    let form = resources.get_x_object(name.0);
                    let form =
                        form.filter(|f| f.dict().get::<Name<'_>>("Subtype").as_deref() == Some(b"Form".as_slice()));
                    if let Some(form) = form {
                        self.form(&form, resources, walk);
                    }
                }
                Op::BeginMarkedContent(_) => walk.marks.push(Mark { hidden: false, artifact: false, actual: None }),
                Op::BeginMarkedContentWithProperties(mark) => {
                    let mark = self.mark(mark.0, mark.1, resources);
                    walk.marks.push(mark);
                }
                Op::EndMarkedContent(_) if walk.marks.len() > marks => {
                    walk.marks.pop();
                }
                _ => {}
            }
        }
        walk.marks.truncate(marks);
    }

    fn mark(&self, tag: &Name<'_>, properties: &Object<'_>, resources: &Resources<'a>) -> Mark {
        let name = properties.clone().into_name();
        let named = name.as_ref().and_then(|name| resources.properties.get::<Dict<'_>>(name.as_ref()));
        let hidden = tag.as_ref() == b"OC"
            && name.is_some_and(|name| {
                let group = resources.properties.get_ref(name.as_ref());
                self.layers.hides(group.map(Into::into), named.as_ref())
            });
        let given = dict_or_stream(properties).map(|(dict, _)| dict.clone());
        let text = |dict: &Dict<'_>| dict.get::<PdfString<'_>>("ActualText").map(|t| super::string::decode(&t));
        let actual = given.as_ref().and_then(text).or_else(|| named.as_ref().and_then(text));
        let kind = |dict: &Dict<'_>| dict.get::<Name<'_>>("Type").as_deref() == Some(b"Pagination".as_slice());
        let artifact =
            tag.as_ref() == b"Artifact" && (given.as_ref().is_some_and(kind) || named.as_ref().is_some_and(kind));
        Mark { hidden, artifact, actual: actual.filter(|text| text.len() <= ACTUAL).map(Some) }
    }

    fn show_all(&mut self, texts: &Array<'_>, walk: &mut Walk<'a, '_>) {
        for part in texts.iter::<Object<'_>>() {
            match part {
                Object::Number(by) => {
                    let by = -by.as_f64() / 1000.0 * walk.state.size;
                    walk.advance(by);
                }
                Object::String(text) => self.show(&text, walk),
                _ => {}
            }
        }
    }

    fn show(&mut self, text: &PdfString<'_>, walk: &mut Walk<'a, '_>) {
        let Some(face) = walk.state.face.clone().or_else(|| self.standard()) else { return };
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() && walk.left > 0 {
            walk.left -= 1;
            let (code, length) = face.code(bytes, at);
            at += length.max(1);
            walk.glyph(&face, code, length);
        }
    }

    fn face(&mut self, name: &Name<'_>, resources: &Resources<'a>) -> Option<Rc<Face<'a>>> {
        let Some(dict) = resources.get_font(name) else { return self.standard() };
        self.load(dict)
    }

    fn load(&mut self, dict: Dict<'a>) -> Option<Rc<Face<'a>>> {
        let same = |known: &Dict<'_>| match (known.obj_id(), dict.obj_id()) {
            (Some(a), Some(b)) => a == b,
            (None, None) => known.data() == dict.data(),
            _ => false,
        };
        if let Some(at) = self.faces.iter().position(|(known, _)| same(known)) {
            // The one just used is likely to be used next.
            self.faces.swap(at, at.saturating_sub(1));
            return self.faces.get(at.saturating_sub(1)).map(|(_, face)| Rc::clone(face));
        }
        let font = self.cache.font(&dict, &resolver(), &maps())?;
        let face = Rc::new(Face::new(font, &dict));
        self.faces.push((dict, Rc::clone(&face)));
        Some(face)
    }

    /// What a text without a font is shown in.
    fn standard(&mut self) -> Option<Rc<Face<'a>>> {
        if self.fallback.is_none() {
            let font = self.cache.standard_font(hayro_font::StandardFont::Helvetica, &resolver())?;
            self.fallback = Some(Rc::new(Face::new(font, &Dict::empty())));
        }
        self.fallback.clone()
    }

    fn graphics_state(&mut self, name: &Name<'_>, resources: &Resources<'a>, state: &mut State<'a>) {
        let Some(font) = resources.get_ext_g_state(name).and_then(|s| s.get::<Array<'_>>("Font")) else { return };
        let mut parts = font.raw_iter();
        let dict = parts.next().and_then(|font| self.xref.get::<Dict<'_>>(font.as_obj_ref()?.into()));
        let size = font.flex_iter();
        let size = {
            let mut size = size;
            let _ = size.next::<Dict<'_>>();
            size.next::<Number>()
        };
        if let (Some(dict), Some(size)) = (dict, size) {
            state.size = size.as_f64();
            state.face = self.load(dict);
        }
    }
}

impl<'a> State<'a> {
    fn new(place: Affine) -> State<'a> {
        State {
            place,
            face: None,
            size: 1.0,
            between_glyphs: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

impl<'a> Walk<'a, '_> {
    fn hidden(&self) -> bool {
        self.marks.iter().any(|mark| mark.hidden)
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.text = self.line;
    }

    /// Moves on by so much along the line, before it is stretched.
    fn advance(&mut self, by: f64) {
        let vertical = self.state.face.as_ref().is_some_and(|face| face.vertical);
        let by = if vertical { (0.0, by) } else { (by * self.state.stretch, 0.0) };
        self.text *= Affine::translate(by);
    }

    fn glyph(&mut self, face: &Face<'a>, code: u32, length: usize) {
        let state = &self.state;
        let size = state.size;
        let advance = face.advance(code) / 1000.0;
        let space = if code == 32 && length == 1 { state.between_words } else { 0.0 };
        let place = state.place * self.text * Affine::translate((0.0, state.rise));
        let stretch = if face.vertical { 1.0 } else { state.stretch };
        if !self.hidden() {
            let along = if face.vertical { (0.0, advance * size) } else { (advance * size * stretch, 0.0) };
            let [from, to, up] = [(0.0, 0.0), along, (0.0, size)].map(|at| place * Point::from(at));
            let artifact = self.marks.iter().any(|mark| mark.artifact);
            let glyph = Glyph { from, to, up: up - from, style: face.style, artifact, vertical: face.vertical };
            match self.marks.iter_mut().rev().find_map(|mark| mark.actual.as_mut()) {
                Some(actual) => self.pen.draw(&actual.take().unwrap_or_default(), &glyph, true),
                None => face.with_text(code, |text| self.pen.draw(text, &glyph, false)),
            }
        }
        self.advance(advance * size + state.between_glyphs + space);
    }
}

fn affine(m: [Number; 6]) -> Affine {
    Affine::new(m.map(|n| n.as_f64()))
}

fn matrix(form: &Dict<'_>) -> Affine {
    form.get::<[f64; 6]>("Matrix").map_or(Affine::IDENTITY, Affine::new)
}

/// The standard fonts, and what stands in for fonts that a file names and does not hold.
fn resolver() -> hayro_font::FontResolverFn {
    Arc::new(|query| match query {
        FontQuery::Standard(font) => Some(font.get_font_data()),
        FontQuery::Fallback(font) => Some(font.pick_standard_font().get_font_data()),
    })
}

/// The character maps that a file may name.
pub fn maps() -> hayro_font::CMapResolverFn {
    Arc::new(hayro_cmap::load_embedded)
}
