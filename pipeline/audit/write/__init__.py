"""The findings of an audit as rows, page, Word file and workbook."""
