//! From a template and its data to the pages and the bytes of a PDF.

use std::thread;

use chrono::NaiveDate;
use serde::Serialize;
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Label, Selector, Smart, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use super::PdfError;
use super::world::Desk;

/// Room for typst's recursion in bytes, more than threads have by default.
const STACK: usize = 16 << 20;

/// A finished document.
pub(super) struct Printed {
    pub(super) bytes: Vec<u8>,
    pub(super) pages: usize,
    /// The value and page (from 1) of each piece of metadata with the asked label, in order.
    pub(super) landmarks: Vec<(usize, usize)>,
}

/// What is to be set.
pub(super) struct Job<'a, T> {
    /// The source of the template.
    pub(super) template: &'static str,
    /// What the template reads.
    pub(super) data: &'a T,
    /// The day that the document says it was made on.
    pub(super) as_of: NaiveDate,
    /// Tells this document from all others, now and in later runs.
    pub(super) identity: String,
    /// Whether to mark up the pages for screen readers; it makes a file of ruled forms
    /// five times as large.
    pub(super) tagged: bool,
    /// The label of the metadata whose pages are wanted.
    pub(super) landmark: &'static str,
}

/// Sets the document.
///
/// typst spreads its pages over the threads of the pool that it runs in. A caller that
/// runs in a pool itself would pick up other offices' work in the middle of this one, so
/// the work goes to threads of its own, and a panic there ends as an error.
pub(super) fn print<T: Serialize>(job: &Job<'_, T>) -> Result<Printed, PdfError> {
    let data = serde_json::to_vec(job.data).map_err(|e| PdfError::Layout(e.to_string()))?;
    let desk = Desk::new(job.template, data, job.as_of)
        .ok_or_else(|| PdfError::Layout("file names were not taken".to_owned()))?;
    let pool = rayon::ThreadPoolBuilder::new()
        .stack_size(STACK)
        .build()
        .map_err(|e| PdfError::Layout(e.to_string()))?;
    let (identity, tagged, landmark) = (job.identity.clone(), job.tagged, job.landmark);
    thread::scope(|scope| {
        scope
            .spawn(|| pool.install(|| compile(&desk, identity, tagged, landmark)))
            .join()
            .unwrap_or_else(|_| Err(PdfError::Layout("typst gave up".to_owned())))
    })
}

fn compile(
    desk: &Desk,
    identity: String,
    tagged: bool,
    landmark: &str,
) -> Result<Printed, PdfError> {
    let printed = typst::compile::<PagedDocument>(desk)
        .output
        .map_err(|errors| PdfError::Layout(messages(&errors)))
        .and_then(|document| {
            let options = PdfOptions {
                ident: Smart::Custom(identity),
                creator: Smart::Custom(Some("tenken".to_owned())),
                tagged,
                ..PdfOptions::default()
            };
            let bytes = typst_pdf::pdf(&document, &options)
                .map_err(|errors| PdfError::Export(messages(&errors)))?;
            Ok(Printed {
                bytes,
                pages: document.pages().len(),
                landmarks: landmarks(&document, landmark),
            })
        });
    // typst keeps what it laid out for a next edit that never comes.
    comemo::evict(0);
    printed
}

fn landmarks(document: &PagedDocument, label: &str) -> Vec<(usize, usize)> {
    let Some(label) = Label::new(PicoStr::intern(label)) else {
        return Vec::new();
    };
    let introspector = document.introspector();
    introspector
        .query(&Selector::Label(label))
        .iter()
        .filter_map(|content| {
            let Value::Int(value) = content.to_packed::<MetadataElem>()?.value else {
                return None;
            };
            let page = introspector.page(content.location()?)?;
            Some((usize::try_from(value).ok()?, page.get()))
        })
        .collect()
}

fn messages(diagnostics: &[SourceDiagnostic]) -> String {
    diagnostics
        .iter()
        .map(|d| d.message.as_str())
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(template: &'static str) -> Result<Printed, PdfError> {
        print(&Job {
            template,
            data: &[1, 2],
            as_of: NaiveDate::from_ymd_opt(2025, 11, 10).unwrap(),
            identity: "test".to_owned(),
            tagged: true,
            landmark: "spot",
        })
    }

    #[test]
    fn a_fault_of_a_template_is_an_error() {
        assert!(matches!(set("#panic()"), Err(PdfError::Layout(_))));
        assert!(matches!(
            set("#json(\"/other.json\")"),
            Err(PdfError::Layout(_))
        ));
    }

    #[test]
    fn landmarks_tell_their_pages() {
        let template =
            "a #metadata(7)<spot> #pagebreak() #metadata(9)<spot> #metadata(\"x\")<spot> b";
        let printed = set(template).unwrap();
        assert_eq!(
            (printed.pages, printed.landmarks),
            (2, vec![(7, 1), (9, 2)])
        );
        assert!(printed.bytes.starts_with(b"%PDF-"));
    }

    #[test]
    fn a_pool_that_waits_is_not_drawn_into_the_work() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        let pages = pool.unwrap().install(|| {
            let (one, other) = rayon::join(|| set("a"), || set("b #pagebreak() c"));
            one.unwrap().pages + other.unwrap().pages
        });
        assert_eq!(pages, 3);
    }
}
