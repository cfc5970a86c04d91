namespace Actors.Lab.Runs;

/// <summary>
/// Seeds that once failed, with what they found. A change of the plans gives a seed another meaning; then it is one seed
/// more, and what it found has a focused test.
/// </summary>
internal static class OnceFailing
{
    public static IReadOnlyList<ulong> Seeds { get; } =
    [
        3, // A deleted directory with something held in it was waited for without end.
        4, // A cursor was stored together with a later own commit.
        6, // A client that had given the server up never spoke to it again.
        18, 25, // Backups put back more than once.
        28, // Content that was fetched for a path in vain was left behind.
        32, // What recovery found carried out was not made durable before the state said so.
        48, // A timer of a drifting clock was early, again and again.
        143, 312, // A page that ended within the newest commit was taken for the last.
        451, 2398, 3127, 10426, 10446, // A server that had lost commits beyond a saved cursor was believed; one that had grown past them too.
        60, 10410, // An epoch was lost with a second backup before any client had saved a cursor in it.
        154, // A fetch that could not begin left its file open, and that was waited for.
        995, 2441, 2444, 3330, // A fetch waited for ever for one of the same content that was not wanted any more.
        3379, 83333, // A displaced file was looked for before the second was over after which the node looks; a part of content, before the node had heard that it has everything.
        3366, 10296, // Content of a history that was lost was fetched on, and left behind; and a server's end was not the same for the same seed.
        462, // Content was fetched of what was deleted meanwhile, and left behind.
        40920, // Content was fetched on, and left behind, of what an own commit had replaced, where a page told of that commit before its outcome.
        482, // Recovery took a file that a loss of power had brought back for what an update had displaced.
        1447, 11248, // A checker that took what a loss of power left of a user's last step for something else.
        1489, // Updates that were carried out before the disk failed were forgotten, and deletions among them were taken for the user's.
        2208, // New content that had its name for a moment was removed with what a user was writing into it.
        2705, 3201, // Backups put back on a disk that was full.
        3396, 11113, // A directory that a user had just made was lost with the updates in it, and they were taken for deleted.
        38, 110, 1151, 1252, 1777, 3191, // Checkers that did not know whose identity a clone has.
        41, 64, 75, 121, // Lost notices of changes were never told where the faults ended first.
        26, // A new file whose push was on its way when its replica was emptied was taken for deleted.
        86167, // So was one whose push was in doubt over a restart in the emptied replica, although its files were back by then.
        54, // An update that came into an emptied replica made it look used.
        677, 918, // A crash between two renames, where names are not exchanged in one step, was taken for a deletion.
        2858, 6681, // A push that was stored, and what it names not yet durable when power was lost, was sent after the start.
        1885, 7496, // A replica that was emptied went on when others had deleted all but one of its files.
        13859, // An edit that an update had displaced came back into an emptied replica, and made it look used.
        14403, 55625, // What a log's writer added after its deletion was taken for an edit of a newer file of that name.
        87135, // An update that was carried out just before a backup of its replica was agreed on after the backup had been put back, when nothing else was any more.
        64176, // A staging name was used again after the replica had got a new identity, and a loss of power restored what lay there first.
        46567, // A file that had been read, and lost its bytes with the power but not its signature, was taken for what it had been.
        39058, // A commit that others had deleted since was taken for the newest where it was told of after a restart only.
        510619, // So it was where a loss of power followed at once: the cursor stood beyond the deletion already.
        1797, 2132, 2663, 4233, 4664, 7616, 8352, 11952, 22637, 32762, 48683, 67092, // Users who confirmed twice, or once too little, and checkers that did not know what a loss of power, a copy, a backup or a log leaves.
        85706, // A user whose edit left nothing in a replica did not say that it was meant.
        1033, // A replica whose last files others had deleted too was taken for an emptied one.
        1232, // A replica that was emptied, and whose history began anew, never went on.
        200106, 200255, 200345, // What had been passed, or was found deleted in a directory that had changed places, was in no order.
        200061, // A checker that went on to wait for what had gone with its directory.
        510374, // Content that had come stayed in the staging area where its path could not be looked at.
        600059, // What an update had displaced could not be read after a crash, and the update was taken for not carried out.
        601008, // A deletion in a directory that the node did not know any more was never recognized as one.
        601176, 610949, 630814, 653308, // A deletion lost its place when its directory was listed, or when another directory took the name.
        602178, // An exchange of names that a loss of power had undone was taken for done, because a user had written on into the new file.
        602353, // So was one that had been undone, where a crash came before that was stored.
        611422, // A completed change whose attributes changed was taken for one that is being written, and lost its place.
        620369, // An edit in conflict with content that was still being fetched was in no order.
        630149, // That a replica was emptied was forgotten over a restart, when something was there again.
        630036, // What had lain in a directory that had become a file while a mount hid it was waited for for ever.
        630377, // A file of nodes that a broken disk did not let go stayed in the staging area.
        640434, // What the node itself had put there had waited for long when it was edited, and went ahead of what was ready before it.
        652110, 650861, 651171, 654943, // A directory that came back into an emptied replica, a slow upload, and bytes that were saved once more as they were: checkers that did not know them.
        50, // A directory that could not have its name back stayed in the staging area.
        680525, // A change that was sent, and refused, lost its place because its attributes had changed meanwhile.
        670379, // The name of a directory that went and came back was not made durable once more.
        662652, // What was gone from a directory that could not be looked at for a moment lost its place in the order.
        662790, 662830, 662967, // Two writers of one file, a save that was away with its directory at a start, and a clone's conflict: checkers that did not know them.
    ];
}
