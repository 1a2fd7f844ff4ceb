package dev.powercut.check.promises;

import dev.powercut.check.model.Effect;
import dev.powercut.check.tree.Node;
import dev.powercut.kernel.vfs.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a tree from the root, and descends only through entries that are legally there.
 *
 * <p>An inode number may have been used again, so that one node may be one of several files: each for which an entry is legal is
 * tried, the latest first, and the first one under which all below is legal will do.
 */
final class TreeJudge {

    private static final String LOST_AND_FOUND = "lost+found";

    private final Promises promises;
    private final Cut cut;
    private final Findings findings;
    private final Sightings sightings;
    private final AttributeJudge attributes;
    private final ContentJudge contents;

    /** Files with several names that were met: inode number, and what and where it was taken for. */
    private long[] linkedInodes = new long[8];

    private TrackedFile[] linkedFiles = new TrackedFile[8];
    private EntryCell[] linkedCells = new EntryCell[8];
    private int linkedCount;

    TreeJudge(Promises promises, Cut cut, Findings findings, Sightings sightings) {
        this.promises = promises;
        this.cut = cut;
        this.findings = findings;
        this.sightings = sightings;
        this.attributes = new AttributeJudge(promises, cut, findings);
        this.contents = new ContentJudge(promises, cut, findings);
    }

    void judge(Node.Directory root) {
        sightings.startRun();
        linkedCount = 0;
        TrackedFile file = promises.files.getFirst();
        findings.reached(file, null);
        if (file.hasAttributes) {
            attributes.judge(root, file, null);
        }
        entries(root, file, true);
    }

    /** Names that were found and names that are known, both ascending, go side by side. */
    private void entries(Node.Directory node, TrackedFile directory, boolean isRoot) {
        List<Node.Entry> found = node.entries();
        List<EntryCell> known = directory.entries;
        int bound = cut.contentPromise(directory);
        int atFound = 0;
        int atKnown = 0;
        while (atFound < found.size() || atKnown < known.size()) {
            int order = atFound == found.size()
                    ? 1
                    : atKnown == known.size() ? -1 : found.get(atFound).name().compareTo(known.get(atKnown).name);
            String name = order <= 0 ? found.get(atFound).name() : known.get(atKnown).name;
            if (!isRoot || !name.equals(LOST_AND_FOUND)) {
                if (order < 0) {
                    unknownEntry(directory, found.get(atFound));
                } else {
                    entry(known.get(atKnown), order == 0 ? found.get(atFound).node() : null, bound);
                }
            }
            atFound += order <= 0 ? 1 : 0;
            atKnown += order >= 0 ? 1 : 0;
        }
    }

    private void unknownEntry(TrackedFile directory, Node.Entry entry) {
        if (directory.hasAttributes) {
            findings.add(
                    Violation.Kind.UNKNOWN_ENTRY,
                    findings.path(directory, entry.name()),
                    List.of("nothing"),
                    Findings.words(entry.node()),
                    "");
        }
    }

    private void entry(EntryCell cell, @Nullable Node node, int bound) {
        int high = cell.lastBefore(EntryCell.stampLimit(cut.begun()));
        int low = bound < 0 ? 0 : Math.max(0, cell.lastBefore(EntryCell.stampLimit(bound)));
        PromiseList own = cell.promises;
        if (own != null) {
            low = Math.max(low, own.boundAt(cut.position()));
        }
        int version = lastFitting(cell, node, low, high);
        if (version == Sightings.NO_VERSION) {
            illegalEntry(cell, node, low, high, bound);
            return;
        }
        sightings.see(cell, node, low, high);
        if (node == null || cell.file(version) < 0) {
            return;
        }
        boolean hasSeveralNames = node.attributes().linkCount() > 1 && !(node instanceof Node.Directory);
        if (hasSeveralNames && promises.files.get(cell.file(version)).hasAttributes) {
            linked(cell, node, low, version);
        } else {
            oneOf(cell, node, low, version);
        }
    }

    private int lastFitting(EntryCell cell, @Nullable Node node, int low, int high) {
        for (int version = high; version >= low; version--) {
            if (sightings.fits(node, cell.file(version))) {
                return version;
            }
        }
        return Sightings.NO_VERSION;
    }

    /**
     * Judges a node as the file of one of the versions from {@code low} to {@code high}, whichever is legal; else one that is only
     * worth telling of, with stale data that are declared; else the latest.
     */
    private TrackedFile oneOf(EntryCell cell, Node node, int low, int high) {
        TrackedFile latest = promises.files.get(cell.file(high));
        int before = findings.count();
        node(node, latest, cell);
        if (findings.count() == before) {
            return latest;
        }
        List<Violation> ofLatest = findings.takeFrom(before);
        TrackedFile stale = isStaleOnly(ofLatest) ? latest : null;
        for (int version = high - 1; version >= low; version--) {
            int id = cell.file(version);
            if (id >= 0 && id != latest.id && sightings.fits(node, id)) {
                sightings.forget(latest);
                TrackedFile other = promises.files.get(id);
                node(node, other, cell);
                if (findings.count() == before) {
                    return other;
                }
                List<Violation> ofOther = findings.takeFrom(before);
                stale = stale == null && isStaleOnly(ofOther) ? other : stale;
                sightings.forget(other);
            }
        }
        if (stale != null && stale != latest) {
            node(node, stale, cell);
            return stale;
        }
        findings.putBack(ofLatest);
        return latest;
    }

    private static boolean isStaleOnly(List<Violation> violations) {
        return violations.stream().allMatch(one -> one.kind() == Violation.Kind.STALE_DATA);
    }

    /** A file with several names must be the same file under each of them. */
    private void linked(EntryCell cell, Node node, int low, int high) {
        long inode = node.attributes().inodeNumber();
        for (int i = 0; i < linkedCount; i++) {
            if (linkedInodes[i] == inode) {
                if (!mayStandFor(cell, low, high, linkedFiles[i])) {
                    twoFiles(cell, node, high, i);
                }
                return;
            }
        }
        if (linkedCount == linkedInodes.length) {
            linkedInodes = Arrays.copyOf(linkedInodes, 2 * linkedCount);
            linkedFiles = Arrays.copyOf(linkedFiles, 2 * linkedCount);
            linkedCells = Arrays.copyOf(linkedCells, 2 * linkedCount);
        }
        linkedInodes[linkedCount] = inode;
        linkedFiles[linkedCount] = oneOf(cell, node, low, high);
        linkedCells[linkedCount] = cell;
        linkedCount++;
    }

    private static boolean mayStandFor(EntryCell cell, int low, int high, TrackedFile file) {
        for (int version = low; version <= high; version++) {
            if (cell.file(version) == file.id) {
                return true;
            }
        }
        return false;
    }

    /** The names were never those of one file, unless the first may have stood for what this one stands for. */
    private void twoFiles(EntryCell cell, Node node, int version, int linkedIndex) {
        EntryCell first = linkedCells[linkedIndex];
        TrackedFile here = promises.files.get(cell.file(version));
        if (mayStandFor(first, sightings.low(first), sightings.high(first), here)) {
            node(node, here, cell);
            return;
        }
        findings.add(
                Violation.Kind.WRONG_INODE,
                findings.path(cell),
                List.of(findings.words(here.id)),
                "the file that " + findings.path(first) + " stands for",
                "",
                here.madeBy,
                linkedFiles[linkedIndex].madeBy);
    }

    private void node(Node node, TrackedFile file, EntryCell cell) {
        if (file.digest != null || file.optional) {
            return;
        }
        if (Mode.type(node.attributes().mode()) != file.type) {
            findings.add(
                    Violation.Kind.WRONG_TYPE,
                    findings.path(cell),
                    List.of(findings.words(file.id)),
                    Findings.words(node),
                    "",
                    file.madeBy);
            return;
        }
        if (node instanceof Node.Directory) {
            findings.reached(file, cell);
        }
        if (file.hasAttributes) {
            attributes.judge(node, file, cell);
        }
        switch (node) {
            case Node.Directory directory -> entries(directory, file, false);
            case Node.RegularFile regular -> contents.judge(regular.contents(), file, cell);
            case Node.Symlink symlink -> symlink(symlink, file, cell);
            case Node.Special special -> {}
        }
    }

    private void symlink(Node.Symlink symlink, TrackedFile file, EntryCell cell) {
        if (!symlink.linkTarget().equals(file.symlinkTarget)) {
            findings.add(
                    Violation.Kind.WRONG_TARGET,
                    findings.path(cell),
                    List.of("'" + file.symlinkTarget + "'"),
                    "'" + symlink.linkTarget() + "'",
                    "",
                    file.madeBy);
        }
    }

    private void illegalEntry(EntryCell cell, @Nullable Node node, int low, int high, int bound) {
        List<String> expected = new ArrayList<>();
        boolean onlyAbsent = true;
        for (int version = low; version <= high; version++) {
            onlyAbsent &= cell.file(version) == Effect.ABSENT;
            expected.add(findings.words(cell.file(version)) + findings.by(operationOf(cell, version)));
        }
        int older = low - 1;
        while (older >= 0 && (cell.file(older) == EntryCell.ANY || !sightings.fits(node, cell.file(older)))) {
            older--;
        }
        Violation.Kind kind = kind(cell, node, low, older, onlyAbsent);
        int promise = promiseOf(cell, low, bound);
        String found = Findings.words(node) + (older < 0 ? "" : ", as it was" + findings.by(operationOf(cell, older)));
        findings.add(
                kind,
                findings.path(cell),
                expected,
                found,
                findings.promise(promise),
                operationOf(cell, low),
                promise,
                older < 0 ? -1 : operationOf(cell, older));
    }

    private Violation.Kind kind(EntryCell cell, @Nullable Node node, int low, int older, boolean onlyAbsent) {
        if (node == null) {
            return Violation.Kind.LOST_ENTRY;
        }
        if (older >= 0) {
            TrackedFile was = cell.file(older) < 0 ? null : promises.files.get(cell.file(older));
            boolean byContent = was != null && was.digest != null && !onlyAbsent;
            return onlyAbsent
                    ? Violation.Kind.RESURRECTED_ENTRY
                    : byContent ? Violation.Kind.LOST_DATA : Violation.Kind.STALE_ENTRY;
        }
        TrackedFile wanted = cell.file(low) < 0 ? null : promises.files.get(cell.file(low));
        if (wanted != null && wanted.digest != null && node instanceof Node.RegularFile) {
            return Violation.Kind.WRONG_CONTENT;
        }
        if (wanted != null && !wanted.hasAttributes) {
            boolean sameType = Mode.type(node.attributes().mode()) == wanted.type;
            return sameType ? Violation.Kind.WRONG_TARGET : Violation.Kind.WRONG_TYPE;
        }
        return isKnown(node) ? Violation.Kind.WRONG_INODE : Violation.Kind.UNKNOWN_ENTRY;
    }

    private boolean isKnown(Node node) {
        for (TrackedFile file : promises.files) {
            if (file.inodeNumber == node.attributes().inodeNumber()) {
                return true;
            }
        }
        return false;
    }

    private int promiseOf(EntryCell cell, int low, int bound) {
        PromiseList own = cell.promises;
        boolean ownIsStronger = own != null && own.boundAt(cut.position()) == low;
        return ownIsStronger ? operationOf(cell, low) : bound;
    }

    private static int operationOf(EntryCell cell, int version) {
        return EntryCell.operationOf(cell.stampOf(version));
    }
}
