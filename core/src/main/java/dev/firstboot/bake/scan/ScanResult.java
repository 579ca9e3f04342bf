package dev.firstboot.bake.scan;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a scan found out.
 *
 * @param findings what the tree must not hold, sorted by path; empty if it may be an image
 * @param explained each file that does not come from Debian as it is, and where it comes from; in words, empty for one that nobody explains
 */
public record ScanResult(List<Finding> findings, SortedMap<String, String> explained) {
    ScanResult(Collection<Finding> findings, NavigableMap<String, String> explained) {
        this(List.copyOf(findings), (SortedMap<String, String>) explained);
    }

    /** Copies both. */
    public ScanResult {
        findings = List.copyOf(findings);
        explained = Collections.unmodifiableSortedMap(new TreeMap<>(explained));
    }
}
