//! All keyword spellings, in one table that feeds parser, formatter, completion, docs and “是不是想写…”.
