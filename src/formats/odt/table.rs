//! Tables as OpenDocument writes them.

use super::text::Reader;
use crate::formats::{
    build::Prose,
    office::{Ns, Tag, Xml, grid::SPAN, xml::Node},
};

/// So much may stand in a table before its first row.
const AHEAD: usize = 1000;

impl Reader<'_> {
    pub(super) fn start_table(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        match tag.local {
            "table" => {
                let columns = columns(xml);
                if columns != 1 && !self.tables.is_inside() {
                    self.end_code();
                    self.listing.close(&mut self.build);
                }
                self.tables.start(&mut self.build, columns, false);
            }
            "table-row" => {
                self.tables.row();
                if self.heading_rows > 0 {
                    self.tables.head_row();
                }
            }
            "table-header-rows" => self.heading_rows += 1,
            "table-cell" => {
                self.tables.cell(&mut self.build);
                // What spans columns is followed by cells that are covered.
                self.repeat = number(tag, "number-columns-repeated");
            }
            "covered-table-cell" => {
                self.tables.cell(&mut self.build);
                self.repeat = number(tag, "number-columns-repeated");
            }
            // The outline of a spreadsheet's cells, and what is drawn over it.
            "shapes" => {}
            _ => {}
        }
    }

    pub(super) fn end_table(&mut self, local: &str) {
        match local {
            "table" => drop(self.tables.end(&mut self.build)),
            "table-row" => self.tables.end_row(&mut self.build),
            "table-header-rows" => self.heading_rows = self.heading_rows.saturating_sub(1),
            "table-cell" | "covered-table-cell" => {
                let empty = self.build.prose.text.trim().is_empty() && self.build.prose.spans.is_empty();
                if self.tables.is_inside() && empty {
                    self.build.prose = Prose::default();
                }
                self.tables.span(std::mem::replace(&mut self.repeat, 1));
                self.tables.end_cell(&mut self.build);
            }
            _ => {}
        }
    }
}

fn number(tag: &Tag<'_>, name: &str) -> usize {
    usize::try_from(tag.number(name).unwrap_or(1)).unwrap_or(1).clamp(1, SPAN)
}

/// The columns that a table declares before its rows.
fn columns(xml: &Xml<'_>) -> usize {
    let mut ahead = xml.ahead();
    let mut columns = 0usize;
    for _ in 0..AHEAD {
        match ahead.node() {
            Some(Node::Start(tag)) => match tag.local {
                "table-column" => columns += number(&tag, "number-columns-repeated"),
                "table-row" | "table" | "p" => break,
                _ => {}
            },
            Some(Node::End(Ns::Table, "table")) | None => break,
            _ => {}
        }
    }
    columns
}
