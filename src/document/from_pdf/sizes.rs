//! The packed parts of a PDF file to whether they may be unpacked: a small file can hold gigabytes.

use flate2::read::ZlibDecoder;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::Object;
use memchr::memmem;
use std::io::Read;

/// The longest part: a whole Chinese font has 20 MB, a page in colours 50 MB.
const LONGEST: u64 = 128 << 20;
/// All parts together.
const MOST: u64 = 512 << 20;
/// How far before a part's beginning what is said of it stands.
const SAID: usize = 2048;
/// Parts of the old packing are small; one byte of it may stand for a thousand.
const LONGEST_OLD: usize = 256 << 10;

/// Whether every part that can be seen in the file as it is may be unpacked.
pub(super) fn are_bearable(bytes: &[u8]) -> bool {
    let mut total = 0;
    for at in memmem::find_iter(bytes, b"stream") {
        if at >= 3 && &bytes[at - 3..at] == b"end" {
            continue;
        }
        let said = &bytes[at.saturating_sub(SAID)..at];
        let own = memmem::rfind(said, b" obj").map_or(said, |begin| &said[begin..]);
        let rest = &bytes[at + b"stream".len()..];
        let blank = rest
            .iter()
            .take(2)
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        if !is_bearable(own, &rest[blank..], &mut total) {
            return false;
        }
    }
    true
}

/// The same for the parts of a file that is locked without a password, as they are after unlocking.
pub(super) fn are_bearable_unlocked(pdf: &Pdf) -> bool {
    let mut total = 0;
    pdf.objects().into_iter().all(|object| match object {
        Object::Stream(stream) => unpacked(&stream.raw_data(), &mut total),
        _ => true,
    })
}

fn is_bearable(said: &[u8], data: &[u8], total: &mut u64) -> bool {
    let twice = memmem::find_iter(said, b"FlateDecode").count() > 1;
    let old = memmem::find(said, b"LZW").is_some();
    let end = || memmem::find(data, b"endstream").unwrap_or(data.len());
    if twice || (old && end() > LONGEST_OLD) {
        return false;
    }
    unpacked(data, total)
}

/// Counts what a part unpacks to, without keeping it. What is packed in another way counts as nothing.
fn unpacked(data: &[u8], total: &mut u64) -> bool {
    if !matches!(data, [first, ..] if first & 0x0f == 8) {
        return true;
    }
    let mut decoder = ZlibDecoder::new(data);
    let mut buffer = [0; 1 << 14];
    let mut length = 0;
    while let Ok(read @ 1..) = decoder.read(&mut buffer) {
        length += read as u64;
        *total += read as u64;
        if length > LONGEST || *total > MOST {
            return false;
        }
    }
    true
}
