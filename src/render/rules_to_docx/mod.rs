//! A document about rules to a .docx file as official documents are set: 小标宋, 黑体, 楷体, 仿宋 三号, lines of 28 points,
//! A4. The same document gives the same bytes.

mod table;

use crate::markup;
use crate::reading::Block;
use std::io::{Cursor, Write};
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, ZipWriter};

const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A4, with the margins of GB/T 9704: 37 mm above, 35 mm below, 28 mm left, 26 mm right.
const SECTION: &str = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/>\
<w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"851\" w:footer=\"1400\" w:gutter=\"0\"/>\
</w:sectPr>";

/// The bytes of the file.
pub fn write(blocks: &[Block]) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // no clock: the earliest date that the format knows
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let (core, document) = (core(blocks), document(blocks));
    let parts = [
        ("[Content_Types].xml", include_str!("content_types.xml")),
        ("_rels/.rels", include_str!("package_relations.xml")),
        ("docProps/core.xml", core.as_str()),
        ("word/document.xml", document.as_str()),
        (
            "word/_rels/document.xml.rels",
            include_str!("document_relations.xml"),
        ),
        ("word/styles.xml", include_str!("styles.xml")),
        ("word/settings.xml", include_str!("settings.xml")),
        ("word/footer1.xml", include_str!("footer.xml")),
    ];
    for (name, text) in parts {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The title, which programs show beside the file's name.
fn core(blocks: &[Block]) -> String {
    let title = blocks.iter().find_map(|block| match block {
        Block::Title(title) => Some(escaped(title)),
        _ => None,
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title></cp:coreProperties>",
        title.unwrap_or_default()
    )
}

fn document(blocks: &[Block]) -> String {
    let mut body = String::new();
    for block in blocks {
        match block {
            Block::Title(text) => paragraph(&mut body, "Title", text),
            Block::Heading(text) => paragraph(&mut body, "Heading1", text),
            Block::Subheading(text) => paragraph(&mut body, "Heading2", text),
            Block::Paragraph(text) | Block::Item(text) => paragraph(&mut body, "Normal", text),
            Block::Closing(text) => paragraph(&mut body, "Closing", text),
            Block::Table(rows) => table::write(&mut body, rows),
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{NAMESPACE}\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>{body}{SECTION}\
         </w:body></w:document>"
    )
}

/// One paragraph. The hint makes quotation marks and dashes Chinese ones, half a line wide as they are meant.
fn paragraph(out: &mut String, style: &str, text: &str) {
    out.push_str(&format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>\
         <w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
        escaped(text)
    ));
}

/// Text as XML has it, in one line.
fn escaped(text: &str) -> String {
    markup::escaped(text).replace(['\n', '\t'], " ")
}
