//! `recto man`: the manual page, all commands on one, from the definition that also parses the arguments.

use std::io::Write as _;

use anyhow::Result;
use clap::{Args, builder::StyledStr};

use super::{Printer, Status, definition};

/// Print the manual page
#[derive(Debug, Args)]
pub(super) struct Man {}

impl Man {
    pub fn run(self) -> Result<Status> {
        let mut printer = Printer::plain();
        printer.program_text(&page()?)?;
        printer.flush()?;
        Ok(Status::Done)
    }
}

fn page() -> Result<Vec<u8>> {
    let mut definition = definition().disable_help_subcommand(true);
    definition.build();
    let mut page = Vec::new();
    let man = clap_mangen::Man::new(definition.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for command in definition.get_subcommands() {
        write!(page, "{}", section(command)?)?;
    }
    write!(page, "{}", text(definition.get_after_long_help(), ".SH"))?;
    Ok(page)
}

/// A command as one section, with what would be sections of its own page below it.
fn section(command: &clap::Command) -> Result<String> {
    let mut section = Vec::new();
    let man = clap_mangen::Man::new(command.clone());
    man.render_synopsis_section(&mut section)?;
    man.render_description_section(&mut section)?;
    man.render_options_section(&mut section)?;
    // What stands before the first heading defines the quotation marks, as the page has done.
    let rendered = String::from_utf8(section)?.replace(".SH ", ".SS ");
    Ok(format!(
        ".SH RECTO {}\n{rendered}{}",
        command.get_name().to_uppercase(),
        text(command.get_after_long_help(), ".SS")
    ))
}

/// A text of the help: paragraphs, headings that end in a colon, and lines that are indented and so kept as they are.
fn text(help: Option<&StyledStr>, heading: &str) -> String {
    let help = help.map(ToString::to_string).unwrap_or_default();
    let mut out = String::new();
    let mut kept = false;
    for line in help.lines() {
        let indented = line.starts_with(' ');
        if indented != kept && !line.is_empty() {
            out.push_str(if indented { ".nf\n" } else { ".fi\n" });
            kept = indented;
        }
        let escaped = line.trim_end().replace('\\', "\\e").replace('-', "\\-");
        match line.strip_suffix(':') {
            Some(name) if !indented => out.push_str(&format!("{heading} {}\n", name.to_uppercase())),
            _ if line.is_empty() => out.push_str(".PP\n"),
            _ => out.push_str(&format!("\\&{escaped}\n")),
        }
    }
    if kept { out + ".fi\n" } else { out }
}
