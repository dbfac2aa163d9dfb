"""What is kept: mapped classes, one file a tab."""
