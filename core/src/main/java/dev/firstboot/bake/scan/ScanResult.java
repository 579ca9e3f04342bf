package dev.firstboot.bake.scan;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of a scan.
 *
 * @param findings what the tree must not contain, sorted by path; empty if it may be an image
 * @param explained each file that does not come unchanged from Debian, with its origin in words; empty for an unknown origin
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
