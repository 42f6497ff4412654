//! Tables as WordprocessingML writes them.

use super::text::Reader;
use crate::formats::office::{Ns, Tag, Xml, grid::SPAN, xml::Node};

/// So much may stand in a table before its first row.
const AHEAD: usize = 1000;

/// Styles of tables that have no heading row.
const PLAIN: [&str; 6] =
    ["tablegrid", "tablenormal", "tabellenraster", "grilledutableau", "normaltable", "tablaconcuadrcula"];

impl Reader<'_> {
    pub(super) fn start_table(&mut self, xml: &mut Xml<'_>) {
        self.end_paragraph();
        // The properties and the grid stand before the rows.
        let (mut columns, mut styled, mut first_row) = (0usize, false, false);
        let mut ahead = xml.ahead();
        for _ in 0..AHEAD {
            let Some(node) = ahead.node() else { break };
            match node {
                Node::Start(tag) => match tag.local {
                    "tr" | "p" | "sdt" | "tbl" => break,
                    "gridCol" => columns += 1,
                    "tblStyle" => {
                        let name = tag.get("val").unwrap_or_default().to_lowercase();
                        styled = !PLAIN.contains(&name.as_str());
                    }
                    "tblLook" => {
                        let bits = tag.get("val").and_then(|v| i64::from_str_radix(&v, 16).ok()).unwrap_or(0);
                        first_row =
                            tag.get("firstRow").map_or(bits & 0x20 != 0, |v| matches!(v.as_ref(), "1" | "true"));
                    }
                    _ => {}
                },
                Node::End(Ns::W, "tbl") => break,
                _ => {}
            }
        }
        self.flow.start_table(columns, styled && first_row);
    }

    /// Reads the properties of a row.
    pub(super) fn start_row(&mut self, xml: &mut Xml<'_>) {
        while let Some(node) = xml.node() {
            match node {
                Node::Start(tag) => match tag.local {
                    "tblHeader" if tag.on() => self.flow.tables.head_row(),
                    "del" => self.flow.tables.skip_row(),
                    "gridBefore" => self.flow.tables.before(columns(&tag)),
                    "trPrChange" => xml.skip(),
                    _ => {}
                },
                Node::End(Ns::W, "trPr" | "tblPrEx") => break,
                _ => {}
            }
        }
    }

    pub(super) fn start_cell(&mut self, xml: &mut Xml<'_>) {
        self.flow.tables.cell(&mut self.flow.build);
        let mut ahead = xml.ahead();
        for _ in 0..AHEAD {
            match ahead.node() {
                Some(Node::Start(tag)) => match tag.local {
                    "gridSpan" => self.flow.tables.span(columns(&tag)),
                    "tcPrChange" => ahead.skip(),
                    "p" | "tbl" | "tc" | "sdt" => break,
                    _ => {}
                },
                Some(Node::End(Ns::W, "tcPr" | "tc")) | None => break,
                _ => {}
            }
        }
    }

    pub(super) fn end_cell(&mut self) {
        self.end_paragraph();
        self.flow.end_cell();
    }
}

fn columns(tag: &Tag<'_>) -> usize {
    usize::try_from(tag.number("val").unwrap_or(1)).unwrap_or(1).min(SPAN)
}
