"""The workbook in which analysts decide: written and read back."""
