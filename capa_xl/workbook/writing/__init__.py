"""What is written back: 〔自动〕 columns, owned sheets, repairs that a person asked for."""
