//! What a file of XZ Utils wants: the dictionary of its first block (the .xz file format 1.2, sections 2.1.1 and 3.1), which
//! would be allocated as it is written there.

/// The largest dictionary that is allowed: `xz -9` takes 64 MB.
pub const DICTIONARY: u64 = 256 * 1024 * 1024;

/// The stream header, before the first block.
const HEADER: usize = 12;

/// The dictionary's size in bytes; `None` where no LZMA2 is found.
pub fn dictionary(head: &[u8]) -> Option<u64> {
    let length = (usize::from(*head.get(HEADER)?) + 1) * 4;
    let block = head.get(HEADER..HEADER + length)?;
    let flags = *block.get(1)?;
    let mut fields = block.get(2..)?.iter().copied();
    // The sizes of the block, where they are given.
    for present in [flags & 0x40, flags & 0x80] {
        if present != 0 {
            number(&mut fields)?;
        }
    }
    for _ in 0..=flags & 3 {
        let (filter, size) = (number(&mut fields)?, number(&mut fields)?);
        if filter == 0x21 && size == 1 {
            let bits = fields.next()? & 0x3f;
            return Some(if bits >= 40 { u64::from(u32::MAX) } else { (2 | u64::from(bits & 1)) << (bits / 2 + 11) });
        }
        for _ in 0..size.min(1024) {
            fields.next()?;
        }
    }
    None
}

/// A number of variable length: seven bits a byte, the lowest first.
fn number(bytes: &mut impl Iterator<Item = u8>) -> Option<u64> {
    let mut value = 0u64;
    for shift in 0..9 {
        let byte = bytes.next()?;
        value |= u64::from(byte & 0x7f) << (7 * shift);
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}
