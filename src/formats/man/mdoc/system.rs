//! What mdoc(7) has sentences and names for: systems, standards, what a library's or a program's page always says.

/// The name of a system that a macro stands for, of this version.
pub fn name(name: &str, version: &str) -> Option<String> {
    let system = match name {
        "At" => "AT&T UNIX",
        "Bsx" => "BSD/OS",
        "Bx" => {
            return Some(if version.is_empty() { "BSD".to_owned() } else { format!("{version}BSD") });
        }
        "Dx" => "DragonFly",
        "Fx" => "FreeBSD",
        "Nx" => "NetBSD",
        "Ox" => "OpenBSD",
        "Ux" => "UNIX",
        _ => return None,
    };
    let version = if name == "At" { version.trim_start_matches('v') } else { version };
    Some(if version.is_empty() || name == "Ux" { system.to_owned() } else { format!("{system} {version}") })
}

/// The sentence that a macro stands for.
pub fn sentence(name: &str, arguments: &str, page: &str) -> Option<String> {
    let what = arguments.trim_start_matches("-std").trim_start_matches([',', ' ']);
    let what = if what.is_empty() { page } else { what };
    Some(match name {
        "Ex" => format!("The \\fB{what}\\fR utility exits 0 on success, and >0 if an error occurs."),
        "Rv" => format!(
            "The \\fB{what}\\fR() function returns the value 0 if successful; otherwise the value -1 is returned and the \
             global variable errno is set to indicate the error."
        ),
        "Bt" => "is currently in beta test.".to_owned(),
        "Ud" => "currently under development.".to_owned(),
        _ => return None,
    })
}

/// A standard by its short name.
pub fn standard(name: &str) -> String {
    let name = name.trim_start_matches('-');
    let known = match name {
        "ansiC" | "ansiC-89" => "ANSI X3.159-1989 (“ANSI C89”)",
        "isoC" | "isoC-90" => "ISO/IEC 9899:1990 (“ISO C90”)",
        "isoC-99" => "ISO/IEC 9899:1999 (“ISO C99”)",
        "isoC-2011" => "ISO/IEC 9899:2011 (“ISO C11”)",
        "p1003.1" => "IEEE Std 1003.1 (“POSIX.1”)",
        "p1003.1-88" => "IEEE Std 1003.1-1988 (“POSIX.1”)",
        "p1003.1-90" => "IEEE Std 1003.1-1990 (“POSIX.1”)",
        "p1003.1-2001" => "IEEE Std 1003.1-2001 (“POSIX.1”)",
        "p1003.1-2004" => "IEEE Std 1003.1-2004 (“POSIX.1”)",
        "p1003.1-2008" => "IEEE Std 1003.1-2008 (“POSIX.1”)",
        "p1003.2" => "IEEE Std 1003.2 (“POSIX.2”)",
        "p1003.2-92" => "IEEE Std 1003.2-1992 (“POSIX.2”)",
        "susv2" => "Version 2 of the Single UNIX Specification (“SUSv2”)",
        "susv3" => "Version 3 of the Single UNIX Specification (“SUSv3”)",
        "susv4" => "Version 4 of the Single UNIX Specification (“SUSv4”)",
        "xpg4" => "X/Open Portability Guide Issue 4 (“XPG4”)",
        other => other,
    };
    known.to_owned()
}
