"""What is measured: definitions as dated data with their source, and the frozen classes they are read into."""
