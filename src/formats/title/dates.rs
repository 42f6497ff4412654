//! stub
use crate::doc::Date;
/// stub
pub fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}
