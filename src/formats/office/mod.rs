//! What the formats of office programs share: the ZIP package and its relationships, XML as events, the properties of a
//! document, text that flows into blocks with its lists and tables, symbol fonts, the old compound files. Nothing here makes
//! blocks by itself.

pub mod counted;
pub mod equation;
pub mod field;
pub mod flow;
pub mod grid;
pub mod listing;
pub mod marks;
pub mod number;
pub mod ole;
pub mod package;
pub mod properties;
pub mod role;
pub mod run;
pub mod said;
pub mod symbol;
pub mod xml;

pub use counted::Counted;
pub use flow::Flow;
pub use grid::Grid;
pub use listing::Listing;
pub use marks::Marks;
pub use package::Package;
pub use role::Role;
pub use run::Run;
pub use said::Said;
pub use xml::{Ns, Tag, Xml};
