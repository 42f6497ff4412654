//! Files that hold many documents: each is a row of the list, is found, opened and remembered by itself.

use recto::state::ReadState;

use super::harness::Harness;

/// So many rows, the one in the middle with a word of its own.
fn rows(count: usize, word: &str) -> String {
    let row = |n: usize| {
        let needle = if n == count / 2 { word } else { "straw" };
        let text = format!("What stands in row {n} is made of {needle} and of nothing else at all. ").repeat(4);
        format!("{{\"id\": \"row-{n}\", \"title\": \"Row number {n}\", \"text\": \"{text}\"}}\n")
    };
    (1..=count).map(row).collect()
}

fn titles(h: &Harness) -> Vec<String> {
    h.state().list.rows.iter().map(|row| row.title.text().to_string()).collect()
}

fn page(h: &Harness) -> String {
    super::harness::text_of(&h.state().reader.page.rows)
}

#[test]
fn each_row_of_a_file_is_a_document() {
    // More than are written down at once.
    let mut h = Harness::new(&[("rows.jsonl", &rows(700, "needle")), ("z.md", "# Last\n\nOf another file.\n")]);
    h.draw();
    assert_eq!(h.state().list.ids.len(), 701);
    assert_eq!(titles(&h)[..2], ["Row number 1", "Row number 2"]);
    h.keys("G");
    assert!(page(&h).contains("Of another file."));
    h.keys("/needle<Enter>");
    assert_eq!(titles(&h), ["Row number 350"]);
    assert!(page(&h).contains("row 350 is made of needle"), "{}", page(&h));
    h.keys("<Enter>").wait(6_000);
    assert_eq!(h.state().reader.opened.as_ref().unwrap().reading, ReadState::Finished);
    // What was read is known again while the file grows before it and after it.
    let more =
        format!("{}{}", "{\"id\": \"new\", \"title\": \"A new one\", \"text\": \"New.\"}\n", rows(700, "needle"));
    h.write("rows.jsonl", &format!("{more}{{\"id\": \"x\", \"title\": \"The last\", \"text\": \"Last.\"}}\n")).scan();
    h.keys("<Esc><Esc>g");
    assert_eq!(h.state().list.ids.len(), 703);
    assert_eq!(titles(&h)[0], "A new one");
    h.keys("/is:finished<Enter>");
    assert_eq!(titles(&h), ["Row number 350"]);
    // And fewer are fewer.
    h.write("rows.jsonl", &rows(10, "gone")).scan();
    h.keys("<Esc>g");
    assert_eq!(h.state().list.ids.len(), 11);
}

#[test]
fn a_bad_row_is_told_and_the_rest_is_there() {
    let text = rows(5, "needle").replace("{\"id\": \"row-2\"", "{\"id\" \"row-2\"");
    let mut h = Harness::new(&[("rows.jsonl", &text)]);
    h.draw();
    assert!(h.screen().contains("1 can't be read"), "{}", h.screen());
    h.keys("/is:broken<Enter>");
    assert_eq!(h.state().list.ids.len(), 1);
    h.keys("<Esc>/needle<Enter>");
    assert_eq!(h.state().list.ids.len(), 0, "the row with the needle is the broken one");
}
