package dev.firstboot.zfs.stream;

import java.util.ArrayList;
import java.util.List;

/** Records in the words of {@code zstream dump -v}, without the keys of blocks, which are not read. */
final class ZstreamText {
    private ZstreamText() {}

    /** The records of a dump, in the same words as {@link #of}. */
    static List<String> records(List<String> dump) {
        List<String> records = new ArrayList<>();
        boolean inBegin = false;
        for (String line : dump) {
            if (line.startsWith("SUMMARY")) {
                break;
            } else if (line.startsWith("BEGIN record")) {
                records.add("BEGIN");
                inBegin = true;
            } else if (inBegin && line.startsWith("\t") && line.contains(" = ") && !line.contains("magic")) {
                records.set(records.size() - 1, records.get(records.size() - 1) + "|" + line.strip());
                inBegin = !line.contains("payloadlen");
            } else if (line.startsWith("END")) {
                records.add("END");
            } else if (line.matches("[A-Z_]+ .*")) {
                records.add(line.replaceAll(" (props|salt) = .*", "").replaceAll(" toguid = \\p{XDigit}+", ""));
            }
        }
        return records;
    }

    static String of(SendRecord record) {
        if (record instanceof SendRecord.Begin r) {
            return String.format(
                    "BEGIN|hdrtype = %s|features = %x|creation_time = %x|type = %s|flags = 0x%x|toguid = %x|fromguid = %x"
                            + "|toname = %s|payloadlen = %s",
                    r.compound() ? 2 : 1,
                    r.featureFlags(),
                    r.created().getEpochSecond(),
                    r.type(),
                    r.flags(),
                    r.to().bits(),
                    r.from().map(Guid::bits).orElse(0L),
                    r.toName(),
                    r.payloadSize());
        } else if (record instanceof SendRecord.DmuObject r) {
            return String.format(
                    "OBJECT object = %s type = %s bonustype = %s blksz = %s bonuslen = %s dn_slots = %s raw_bonuslen = %s"
                            + " flags = %s maxblkid = %s indblkshift = %s nlevels = %s nblkptr = %s",
                    r.object(),
                    r.type(),
                    r.bonusType(),
                    r.blockSize(),
                    r.bonusLength(),
                    r.dnodeSlots(),
                    r.rawBonusLength(),
                    r.flags(),
                    r.highestBlock(),
                    r.indirectBlockShift(),
                    r.levels(),
                    r.blockPointers());
        } else if (record instanceof SendRecord.Write r) {
            return String.format(
                    "WRITE object = %s type = %s checksum type = %s compression type = %s flags = %s offset = %s"
                            + " logical_size = %s compressed_size = %s payload_size = %s",
                    r.object(),
                    r.type(),
                    r.checksum(),
                    r.compression(),
                    r.flags(),
                    r.offset(),
                    r.logicalSize(),
                    r.compressedSize(),
                    r.payloadSize());
        }
        return smaller(record);
    }

    private static String smaller(SendRecord record) {
        if (record instanceof SendRecord.FreeObjects r) {
            return String.format("FREEOBJECTS firstobj = %s numobjs = %s", r.first(), r.count());
        } else if (record instanceof SendRecord.Free r) {
            return String.format("FREE object = %s offset = %s length = %s", r.object(), r.offset(), r.length());
        } else if (record instanceof SendRecord.Spill r) {
            return String.format(
                    "SPILL block for object = %s length = %s flags = %s compression type = %s compressed_size = %s"
                            + " payload_size = %s",
                    r.object(), r.length(), r.flags(), r.compression(), r.compressedSize(), r.payloadSize());
        } else if (record instanceof SendRecord.WriteEmbedded r) {
            return String.format(
                    "WRITE_EMBEDDED object = %s offset = %s length = %s comp = %s etype = %s lsize = %s psize = %s",
                    r.object(),
                    r.offset(),
                    r.length(),
                    r.compression(),
                    r.embeddedType(),
                    r.logicalSize(),
                    r.physicalSize());
        } else if (record instanceof SendRecord.ObjectRange r) {
            return String.format(
                    "OBJECT_RANGE firstobj = %s numslots = %s flags = %s", r.first(), r.slots(), r.flags());
        } else if (record instanceof SendRecord.Redact r) {
            return String.format("REDACT object = %s offset = %s length = %s", r.object(), r.offset(), r.length());
        }
        return "END";
    }
}
