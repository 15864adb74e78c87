// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {Cid} from "./Cid.sol";

/// @title Rooms: the places of the street (ERC-721, ERC-4906)
/// @notice Publishing a room is one transaction: the hash of its bundle, and the Merkle root of the goods that it
/// displays. The market pays the room's owner for goods that are found there.
contract Rooms is ERC721, IERC4906 {
    struct Publication {
        bytes32 bundleHash; // SHA-256 of the room's bundle
        bytes32 displayRoot; // of the standard Merkle tree over (uint256 good), zero when nothing is on display
    }

    mapping(uint256 room => Publication) private _publications;

    /// @notice A room came into being.
    event Opened(uint256 indexed room, address indexed owner, bytes32 indexed key);
    /// @notice A room's content is now this.
    event Published(uint256 indexed room, bytes32 bundleHash, bytes32 displayRoot);

    constructor() ERC721("Loquat rooms", "ROOM") {}

    /// @notice Opens the room that `to` calls `key`; anyone may do so for anyone, once.
    /// @param to Its first owner.
    /// @param key Its name among that owner's rooms, e.g. the hash of a place id.
    /// @return room `roomId(to, key)`.
    function mint(address to, bytes32 key) external returns (uint256 room) {
        room = roomId(to, key);
        _mint(to, room);
        emit Opened(room, to, key);
    }

    /// @notice Publishes a room anew: owner, or whom the owner approved.
    /// @param bundleHash SHA-256 of the room's bundle.
    /// @param displayRoot Root of the Merkle tree of the goods on display: leaves keccak(keccak(good)), pairs sorted.
    function publish(uint256 room, bytes32 bundleHash, bytes32 displayRoot) external {
        _checkAuthorized(_requireOwned(room), msg.sender, room);
        _publications[room] = Publication(bundleHash, displayRoot);
        emit Published(room, bundleHash, displayRoot);
        emit MetadataUpdate(room);
    }

    /// @notice Who is paid for goods found in a room, and the root of what it displays; zeros for no room.
    function displayOf(uint256 room) external view returns (address owner, bytes32 displayRoot) {
        return (_ownerOf(room), _publications[room].displayRoot);
    }

    /// @notice What was last published of a room; zeros before the first time.
    function publicationOf(uint256 room) external view returns (bytes32 bundleHash, bytes32 displayRoot) {
        Publication storage publication = _publications[room];
        return (publication.bundleHash, publication.displayRoot);
    }

    /// @notice Id of the room that its first owner `to` calls `key`, open or not.
    function roomId(address to, bytes32 key) public pure returns (uint256) {
        return uint256(keccak256(abi.encode(to, key)));
    }

    /// @notice `ipfs://` address of the room's bundle; empty before it is published.
    function tokenURI(uint256 room) public view override returns (string memory) {
        _requireOwned(room);
        bytes32 bundleHash = _publications[room].bundleHash;
        return bundleHash == 0 ? "" : string.concat("ipfs://", Cid.ofSha256(bundleHash));
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return interfaceId == bytes4(0x49064906) || super.supportsInterface(interfaceId);
    }
}
