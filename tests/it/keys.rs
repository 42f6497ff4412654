//! Keys in, what happens out.

use super::harness::Harness;

#[test]
fn words_narrow_the_list() {
    let mut h = Harness::new(&[("a.md", "# Alpha\n\nintegrity of things\n"), ("b.md", "# Beta\n\nother words\n")]);
    println!("{}", h.screen());
    h.keys("/integrity<Enter>");
    println!("{}", h.screen());
    assert_eq!(h.state().list.ids.len(), 1);
}
