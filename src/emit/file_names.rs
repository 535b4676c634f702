//! What the documents of an office are called, whatever the language of messages.

/// The report, which is to be read first.
pub const REPORT: &str = "点検報告書.pdf";
/// The findings as a workbook.
pub const FINDINGS: &str = "指摘一覧.xlsx";
/// The evidence bundle.
pub const BUNDLE: &str = "証拠書類綴り.pdf";
/// The sheet for what no record shows.
pub const INSPECTION: &str = "自主点検表.xlsx";
/// The folder of corrected workbooks.
pub const CORRECTED: &str = "修正済み";
/// How each of several offices stands.
pub const OVERVIEW: &str = "事業所別集計.xlsx";

/// The documents of an office, the one to be read first in front.
pub const IN_ORDER: [&str; 4] = [REPORT, FINDINGS, BUNDLE, INSPECTION];
