package dev.firstboot.plan;

import java.util.List;

/** The instructions of one step. Each record has exactly what its runner uses, so what is printed, what is digested and what is done are the same. */
public sealed interface Work
        permits ResolvePackages, InstallRootfs, BuildModules, LayOutSystem, Configure, WriteDisk, MergeArchive {
    /** Returns the step's name, unique within a plan. */
    String step();

    /** Returns what it does, for display. */
    String title();

    /** Returns which outputs of earlier steps it reads. */
    List<Input> inputs();

    /** Returns the names of the files it makes. */
    List<String> outputs();
}
