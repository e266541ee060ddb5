//! The role of a quantity from the words around it.
