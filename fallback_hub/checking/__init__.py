"""What this machine has and lacks to run a hub; looks only, changes nothing."""
