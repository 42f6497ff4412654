//! Tables as OpenDocument writes them.

use super::text::Reader;
use crate::formats::office::{Ns, Tag, Xml, grid::SPAN, xml::Node};

/// So much may stand in a table before its first row.
const AHEAD: usize = 1000;

/// What is open of the tables.
#[derive(Debug, Default)]
pub struct Rows {
    /// Groups of heading rows, one in the other.
    headings: usize,
    /// How many columns the cell stands for.
    repeat: usize,
}

impl Reader<'_> {
    pub(super) fn start_table(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) {
        match tag.local {
            "table" => {
                let columns = columns(xml);
                self.flow.start_table(columns, false);
            }
            "table-row" => {
                self.flow.tables.row();
                if self.rows.headings > 0 {
                    self.flow.tables.head_row();
                }
            }
            "table-header-rows" => self.rows.headings += 1,
            "table-cell" => {
                self.flow.tables.cell(&mut self.flow.build);
                // What spans columns is followed by cells that are covered.
                self.rows.repeat = number(tag, "number-columns-repeated");
            }
            "covered-table-cell" => {
                self.flow.tables.cell(&mut self.flow.build);
                self.rows.repeat = number(tag, "number-columns-repeated");
            }
            // The outline of a spreadsheet's cells, and what is drawn over it.
            "shapes" => {}
            _ => {}
        }
    }

    pub(super) fn end_table(&mut self, local: &str) {
        match local {
            "table" => drop(self.flow.tables.end(&mut self.flow.build)),
            "table-row" => self.flow.tables.end_row(&mut self.flow.build),
            "table-header-rows" => self.rows.headings = self.rows.headings.saturating_sub(1),
            "table-cell" | "covered-table-cell" => {
                self.flow.tables.span(std::mem::take(&mut self.rows.repeat));
                self.flow.end_cell();
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
