//! From a book to forms: which cells hold which item of which form.
