package oosh.sandboxcontrol;

import java.nio.file.Path;

/** The folder in which a sandbox keeps its state, its log and its announcement. */
public interface SandboxFolder {
  Path folder();

  /** Makes the folder if need be. */
  SandboxFolder createIfMissing();

  Path file(String name);

  /** The file, made empty and for the owner only if it is not there yet. */
  Path ownFile(String name);

  /** The log of that name, for the owner only. */
  Path log(String name);

  /** Whether the folder's disk has no room left. */
  boolean full();
}
