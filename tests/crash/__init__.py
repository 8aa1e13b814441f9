"""What is left when a writer is killed, refused by the disk or cut short: everything or nothing."""
