"""What client and server say to each other: messages, frames, versions, and the SyncApi both implement."""
