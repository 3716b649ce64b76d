"""What happens without anybody asking for it now: one scheduler, a file a job."""
