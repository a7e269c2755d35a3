package oosh.rollout;

/** Something that does not stop a launch, and what would mend it. */
public record Warning(String text, String remedy) {}
