"""Words and formats: what the pages say of released figures. Everything a reader reads is written here."""
