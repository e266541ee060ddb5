//! Arguments, loading of files and 引用, progress, exit codes. No judgement is made here.
