package dev.firstboot.plan;

import java.util.List;

/**
 * What one step is told. Each record has exactly what its runner uses, so what is printed of a step, what its digest is made of, and what is done are one thing.
 */
public sealed interface Work
        permits ResolvePackages, InstallRootfs, BuildModules, LayOutSystem, Configure, WriteDisk, MergeArchive {
    /** The step's name, unique within a plan. */
    String step();

    /** What it does, for people. */
    String title();

    /** Which outputs of earlier steps it reads. */
    List<Input> inputs();

    /** The names of the files it makes. */
    List<String> outputs();
}
