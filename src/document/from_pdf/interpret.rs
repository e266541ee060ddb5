//! The bytes of a PDF file to what its pages draw, within bounds of pages, sizes and time.

use super::page::{Page, Taker};
use super::sizes;
use hayro_interpret::hayro_syntax::page::Page as Sheet;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use memchr::memmem;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Reports have tens of pages.
const MOST_PAGES: usize = 500;
/// What draws one page is kilobytes.
const LONGEST_CONTENT: usize = 16 << 20;
/// Nobody waits longer for one report; most take less than a second.
const PATIENCE: Duration = Duration::from_secs(20);
/// What the thread of the interpreter is called.
const THREAD: &str = "pdf";
/// The interpreter goes into itself for each drawing in a drawing.
const STACK: usize = 32 << 20;

/// What the pages draw. It is read in a thread of its own: what takes too long is given up, for the interpreter has no
/// way of being told to stop.
pub(super) fn pages(bytes: &[u8]) -> Result<Vec<Page>, String> {
    let given_up = Arc::new(AtomicBool::new(false));
    let (send, receive) = mpsc::channel();
    let (bytes, flag) = (bytes.to_vec(), Arc::clone(&given_up));
    let work = move || {
        let read = panic::catch_unwind(AssertUnwindSafe(|| pages_of(bytes, &flag)));
        let why = || {
            if flag.load(Ordering::Relaxed) {
                too_complex()
            } else {
                broken()
            }
        };
        let _ = send.send(read.unwrap_or_else(|_| Err(why())));
    };
    // a panic of the interpreter names the thread: whoever listens can tell it from others
    let started = thread::Builder::new()
        .name(THREAD.to_owned())
        .stack_size(STACK)
        .spawn(work);
    if started.is_err() {
        return Err("电脑的内存不够，这份 PDF 没有读。请关掉一些程序再试。".into());
    }
    match receive.recv_timeout(PATIENCE) {
        Ok(read) => read,
        Err(RecvTimeoutError::Timeout) => {
            given_up.store(true, Ordering::Relaxed);
            Err(too_complex())
        }
        Err(RecvTimeoutError::Disconnected) => Err(broken()),
    }
}

fn pages_of(bytes: Vec<u8>, given_up: &Arc<AtomicBool>) -> Result<Vec<Page>, String> {
    if !sizes::are_bearable(&bytes) {
        return Err(too_large());
    }
    let is_locked = memmem::find(&bytes, b"/Encrypt").is_some();
    let pdf = Pdf::new(bytes).map_err(refusal)?;
    if is_locked && !sizes::are_bearable_unlocked(&pdf) {
        return Err(too_large());
    }
    let sheets = pdf.pages();
    if sheets.is_empty() {
        return Err(broken());
    }
    if sheets.len() > MOST_PAGES {
        return Err(format!(
            "PDF 有{}页，不像是一份报告，没有读。请把报告部分另存一份（不超过 {MOST_PAGES} 页）再核对。",
            sheets.len()
        ));
    }
    let cache = InterpreterCache::new();
    sheets
        .iter()
        .map(|sheet| page_of(sheet, &cache, given_up))
        .collect()
}

fn page_of<'a>(
    sheet: &'a Sheet<'a>,
    cache: &InterpreterCache<'a>,
    given_up: &Arc<AtomicBool>,
) -> Result<Page, String> {
    if sheet
        .page_stream()
        .is_some_and(|content| content.len() > LONGEST_CONTENT)
    {
        return Err(too_large());
    }
    let (width, height) = sheet.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let mut context = Context::new(
        sheet.initial_transform(true).to_kurbo(),
        Rect::new(0.0, 0.0, width, height),
        cache,
        sheet.xref(),
        InterpreterSettings::default(),
    );
    let mut taker = Taker::new(width, height, Arc::clone(given_up));
    interpret_page(sheet, &mut context, &mut taker);
    Ok(taker.finish())
}

fn refusal(error: LoadPdfError) -> String {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "PDF 设了打开密码，读不了。请用看 PDF 的软件打开，去掉密码后另存再核对，或用原来的 Word 文件核对。".into()
        }
        LoadPdfError::Decryption(_) => {
            "PDF 加了密，这一版读不了。请用原来的 Word 文件核对，或用打印的办法另存一份 PDF 再核对。".into()
        }
        LoadPdfError::Invalid => broken(),
    }
}

fn too_complex() -> String {
    "PDF 太复杂，读不完，没有核对。请用原来的 Word 或 Excel 文件核对，或用打印的办法另存一份 PDF。".into()
}

fn too_large() -> String {
    "PDF 里有的内容展开后太大，不像是一份报告，没有读。请用原来的 Word 或 Excel 文件核对，或用打印的办法另存一份 PDF。".into()
}

fn broken() -> String {
    "PDF 不完整或已损坏，读不了。请重新取一份，或用原来的 Word 文件核对。".into()
}
