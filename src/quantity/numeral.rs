//! The numeral grammar: Chinese and Arabic numerals to exact numbers with their printed precision.
