//! From the words of a form to records.
