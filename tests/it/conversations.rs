//! Messages that answer one another: across files, by links, by the query, by the key, and in the details.

use recto::{
    doc::DocId,
    library::{Joiner, Threads},
    state::{Context, Focus},
};

use super::harness::Harness;

/// A message; its id is its name at `x.example`.
fn message(name: &str, subject: &str, fields: &str) -> String {
    format!(
        "From: {name} <{name}@x.example>\nDate: Tue, 12 Mar 2024 14:30:00 +0100\nSubject: {subject}\n\
         Message-ID: <{name}/1@x.example>\n{fields}\nThis is what {name} wrote.\n\n"
    )
}

/// A mailbox with a question and its answer and something else, an answer to the answer in a file of its own, one to a
/// message that nobody has, and a text.
fn mail() -> Harness {
    let line = "From someone@x.example Tue Mar 12 14:30:00 2024\n";
    let mailbox = [
        message("ada", "The boat", ""),
        message("bea", "Re: The boat", "In-Reply-To: <ada/1@x.example>\n"),
        message("cleo", "Bread", "In-Reply-To: <yes>\n"),
    ];
    let mailbox: String = mailbox.iter().map(|message| format!("{line}{message}")).collect();
    let dora = message(
        "dora",
        "Re: Re: The boat",
        "References: <ada/1@x.example>\n <bea/1@x.example>\nIn-Reply-To: <bea/1@x.example>\n",
    );
    let eva = message("eva", "Re: Lost", "In-Reply-To: your mail of Monday, jane@x.example <lost@x.example>\n");
    let fay = message("fay", "Re: Lost", "References: <lost@x.example>\nIn-Reply-To: <yes>\n");
    Harness::new(&[
        ("a.mbox", &mailbox),
        ("b/dora.eml", &dora),
        ("b/eva.eml", &eva),
        ("c/fay.eml", &fay),
        ("text.md", "# No message\n\nText.\n"),
    ])
    .size(100, 24)
}

fn title(h: &Harness) -> String {
    h.state().reader.opened.as_ref().unwrap().row.title.clone()
}

fn said(h: &Harness) -> String {
    h.state().message.as_ref().map(|(message, _)| message.text.to_string()).unwrap_or_default()
}

/// How many documents a query finds.
fn found(h: &mut Harness, query: &str) -> usize {
    h.keys("/").paste(query).keys("<Enter>");
    let count = h.state().list.ids.len();
    h.keys("<Esc>");
    count
}

#[test]
fn the_line_in_reply_to_leads_to_the_message() {
    let mut h = mail();
    h.keys("jjj<Enter>");
    assert_eq!(title(&h), "Re: Re: The boat");
    h.keys("f1");
    assert_eq!((title(&h).as_str(), h.state().focus), ("Re: The boat", Focus::Text));
    h.keys("f1");
    assert_eq!(title(&h), "The boat");
    h.keys("HH");
    assert_eq!(title(&h), "Re: Re: The boat");
}

#[test]
fn a_message_that_is_not_here_is_told() {
    let mut h = mail();
    h.keys("jjjj<Enter>f1");
    assert_eq!(said(&h), "no such message here: lost@x.example");
    assert_eq!((title(&h).as_str(), h.state().context()), ("Re: Lost", Context::Text));
}

#[test]
fn a_conversation_is_asked_for_by_any_of_its_names() {
    let mut h = mail();
    assert_eq!(found(&mut h, "thread:bea/1@x.example"), 3);
    assert_eq!(found(&mut h, "thread:<ada/1@x.example>"), 3);
    assert_eq!(found(&mut h, "thread:\"dora/1@x.example\" wrote -dora"), 2);
    assert_eq!(found(&mut h, "-thread:ada/1@x.example"), 4);
    assert_eq!(found(&mut h, "thread:cleo/1@x.example"), 1);
    assert_eq!(found(&mut h, "thread:lost@x.example"), 2, "nobody has the message that both answer");
    assert_eq!(found(&mut h, "thread:jane@x.example"), 0, "an address is no name");
    assert_eq!(found(&mut h, "thread:nobody@x.example"), 0);
}

#[test]
fn the_key_shows_the_conversation_and_esc_leads_back() {
    let mut h = mail();
    h.keys("jC");
    assert_eq!((h.state().list.ids.len(), title(&h).as_str()), (3, "Re: The boat"));
    assert_eq!(h.state().filter.standing, "thread:\"bea/1@x.example\"");
    h.keys("<Esc>");
    assert_eq!((h.state().list.ids.len(), title(&h).as_str()), (7, "Re: The boat"));
    h.keys("GC");
    assert_eq!(h.state().list.ids.len(), 7);
    assert!(said(&h).starts_with("no message"), "{}", said(&h));
}

#[test]
fn the_details_name_what_is_answered() {
    let mut h = mail();
    h.keys("ji");
    assert!(h.screen().contains("reply to  The boat"), "{}", h.screen());
    h.keys("qjjji");
    assert!(h.screen().contains("reply to  not here: lost@x.example"), "{}", h.screen());
    h.keys("qji");
    h.keys("qG i");
    assert!(!h.screen().contains("reply to"), "{}", h.screen());
}

/// Threads that were apart become one when a message names both, in whatever order they come.
#[test]
fn threads_are_joined() {
    let of = |threads: &Threads, name: &str| threads.of(name).map(|id| id.0).collect::<Vec<_>>();
    let messages: [(u32, &str, &[&str]); 6] =
        [(1, "a", &[]), (2, "b", &["a"]), (3, "c", &[]), (4, "d", &["c"]), (5, "e", &["b", "d"]), (6, "f", &["g"])];
    for turn in 0..messages.len() {
        let mut joiner = Joiner::default();
        for (id, name, answers) in messages.iter().cycle().skip(turn).take(messages.len()) {
            joiner.add(DocId(*id), Some(name), answers.iter().copied());
        }
        joiner.add(DocId(7), None, std::iter::empty());
        let threads = joiner.finish();
        for name in ["a", "b", "c", "d", "e"] {
            assert_eq!(of(&threads, name), [1, 2, 3, 4, 5], "{name} {turn}");
        }
        assert_eq!((of(&threads, "g"), of(&threads, "h")), (vec![6], vec![]));
    }
}
